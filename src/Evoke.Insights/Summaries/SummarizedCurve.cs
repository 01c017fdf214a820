using Evoke.Curves;
using Evoke.Curves.Export;

namespace Evoke.Insights.Summaries;

/// <summary>One curve of a video with what summaries ask of it. Missing steps are NaN. Thread-safe.</summary>
internal sealed class SummarizedCurve
{
    // A curve that varies by less than this share of its scale is flat: no model is that precise. As MomentOptions.MinimumProminence.
    private const double FlatShare = 0.01;

    private readonly float[] _values; // [steps]

    public SummarizedCurve(PredictionDocument document, int column)
    {
        EmotionCurves curves = document.Curves;
        (Name, Scale, Grid) = (curves.Scheme.Names[column], curves.Scheme.Ranges[column], curves.Grid);
        DurationSeconds = document.DurationSeconds;
        _values = curves.Column(column);
        Known = [.. _values.Where(float.IsFinite)];
    }

    public string Name { get; }

    public CurveRange Scale { get; }

    public TimeGrid Grid { get; }

    public double DurationSeconds { get; }

    public int Steps => _values.Length;

    /// <summary>The values that are not missing, in order of time.</summary>
    public float[] Known { get; }

    public bool IsKnown => Known.Length > 0;

    public bool IsFlat => Known.Max() - Known.Min() < FlatShare * Scale.Width;

    public float this[int step] => _values[step];

    public double Mean => MeanOf(Known);

    /// <summary>The population standard deviation.</summary>
    public double Deviation
    {
        get
        {
            double mean = Mean;
            return Math.Sqrt(Known.Average(value => (value - mean) * (value - mean)));
        }
    }

    /// <summary>How many steps there are in a time, to the nearest; may be 0.</summary>
    public int StepsIn(double seconds) => (int)Math.Round(seconds * Grid.Rate.Hertz);

    /// <summary>The mean over steps from one (inclusive) to another (exclusive); null if half of them or more are missing.</summary>
    public double? MeanOver(int from, int to)
    {
        float[] known = [.. _values[from..to].Where(float.IsFinite)];
        return 2 * known.Length > to - from ? MeanOf(known) : null;
    }

    /// <summary>The middle value; of an even number the mean of the two in the middle.</summary>
    public double Median()
    {
        float[] sorted = [.. Known.Order()];
        return (sorted[(sorted.Length - 1) / 2] + (double)sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The step of the highest value, the first if there are several.</summary>
    public int PeakStep() => Array.IndexOf(_values, Known.Max());

    /// <summary>The end of a step in seconds; the last step ends with the video.</summary>
    public double EndOf(int step) => step == Steps - 1 ? Math.Max(DurationSeconds, Grid.SecondsAt(step)) : Grid.SecondsAt(step + 1);

    private static double MeanOf(float[] values) => values.Average(value => (double)value);
}
