using Evoke.Curves.Measures;

namespace Evoke.Insights.Summaries;

/// <summary>Mean and peak of one curve.</summary>
internal static class CurveMeasures
{
    /// <summary>What a measure that is a value of a curve is compared with.</summary>
    public static MeasureReference MeanOf(SummarizedCurve curve) => new("mean of the video", curve.Mean);

    public static void Add(MeasureCollection measures, SummarizedCurve curve, string key)
    {
        (string Key, string Name) mean = ($"mean.{key}", $"mean {curve.Name}"), peak = ($"peak.{key}", $"highest {curve.Name}");
        if (!curve.IsKnown)
        {
            measures.Miss(mean.Key, mean.Name, "the curve has no values");
            measures.Miss(peak.Key, peak.Name, "the curve has no values");
            return;
        }

        measures.Add(ValueOf(curve, mean.Key, mean.Name, curve.Mean));
        int step = curve.PeakStep();
        measures.Add(ValueOf(curve, peak.Key, peak.Name, curve[step]) with { AtSeconds = curve.Grid.SecondsAt(step), ComparedTo = MeanOf(curve) });
    }

    /// <summary>A measure in the unit of a curve.</summary>
    public static Measure ValueOf(SummarizedCurve curve, string key, string name, double value) => new()
    {
        Key = key,
        Name = name,
        Value = value,
        Curve = curve.Name,
        Scale = curve.Scale,
        Unit = curve.Scale.Unit,
    };
}
