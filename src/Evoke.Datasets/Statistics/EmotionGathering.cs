using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Metrics;

namespace Evoke.Datasets.Statistics;

/// <summary>Collects the statistics of one emotion in constant memory.</summary>
internal sealed class EmotionGathering(string emotion, CurveRange range)
{
    // Fine enough for emotions that stay under 0.03 to have a histogram.
    private const int FineBins = 4096;

    private readonly long[] _fine = new long[FineBins];
    private long _zeros;
    private long _missing;
    private long _count;
    private double _mean;
    private double _squares;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _smoothness;
    private int _moving;

    /// <summary>Adds one value.</summary>
    /// <param name="value">A value in the range, or NaN if it is missing.</param>
    /// <param name="inGap">True if its whole row has no labels.</param>
    public void Add(float value, bool inGap)
    {
        _zeros += value == 0 ? 1 : 0;
        _missing += inGap || float.IsNaN(value) ? 1 : 0;
        if (inGap || float.IsNaN(value))
        {
            return;
        }

        _count++;
        double deviation = value - _mean;
        _mean += deviation / _count;
        _squares += deviation * (value - _mean);
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        _fine[Math.Clamp((int)(range.ToShare(value) * FineBins), 0, FineBins - 1)]++;
    }

    /// <summary>Adds the autocorrelation of one video from pairs a second apart.</summary>
    public void AddVideo(PairedStatistics pairs, bool moves)
    {
        if (moves)
        {
            _smoothness += pairs.Pearson;
            _moving++;
        }
    }

    /// <summary>The statistics.</summary>
    public EmotionStatistics Complete(long rows, ImmutableArray<float> example) => new()
    {
        Emotion = emotion,
        Range = range,
        MissingShare = _missing / (double)rows,
        ZeroShare = _zeros / (double)rows,
        Min = _count > 0 ? _min : 0,
        Max = _count > 0 ? _max : 0,
        Mean = _mean,
        Deviation = _count > 0 ? Math.Sqrt(_squares / _count) : 0,
        Median = Percentile(0.5),
        Percentile95 = Percentile(0.95),
        Smoothness = _moving > 0 ? _smoothness / _moving : null,
        Histogram = Histogram(),
        Example = example,
    };

    private double Percentile(double share)
    {
        long below = 0;
        for (int bin = 0; bin < FineBins && _count > 0; bin++)
        {
            below += _fine[bin];
            if (below >= share * _count)
            {
                return Math.Clamp(range.Low + ((bin + 0.5) / FineBins * range.Width), _min, _max);
            }
        }

        return 0;
    }

    private ImmutableArray<long> Histogram()
    {
        long[] bins = new long[EmotionStatistics.HistogramBins];
        double most = Math.Clamp((_max - range.Low) / range.Width, 1.0 / FineBins, 1);
        for (int bin = 0; bin < FineBins; bin++)
        {
            double middle = (bin + 0.5) / FineBins;
            bins[Math.Min(bins.Length - 1, (int)(middle / most * bins.Length))] += _fine[bin];
        }

        return [.. bins];
    }
}
