using System.Collections.Immutable;
using Evoke.Curves.Measures;

namespace Evoke.Pages.Predictions;

/// <summary>The measures of a video as the module <c>curves/measures.js</c> takes them, in camel case.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Norm">The name of the norm that the measures were placed in; null if there is none.</param>
/// <param name="Measures">The measures that the video has.</param>
/// <param name="Missing">The measures that it does not have, each with the reason.</param>
public sealed record ShownSummary(string? Norm, ImmutableArray<ShownMeasure> Measures, ImmutableArray<MissingMeasure> Missing)
{
    /// <summary>The measures of a video.</summary>
    public static ShownSummary Of(MeasureList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new ShownSummary(list.Norm, [.. list.Measures.Select(ShownMeasure.Of)], list.Missing);
    }
}

/// <summary>One measure as the module <c>curves/measures.js</c> takes it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Key">Its name for programs, which never changes its meaning.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">What it is measured in; "share" is from 0 to 1; empty if it has no unit.</param>
/// <param name="CurveValue">True if it is a value of a curve, in the curve's range and unit.</param>
/// <param name="Curve">The curve that it is about; null for none.</param>
/// <param name="StartSeconds">Where it was measured: the start in seconds; null for the whole video.</param>
/// <param name="EndSeconds">Where it was measured: the end in seconds (exclusive); null for the whole video.</param>
/// <param name="AtSeconds">When a highest value is reached, in seconds; null where this makes no sense.</param>
/// <param name="Reference">What of the same video it can be compared with; null if there is nothing.</param>
/// <param name="Percentile">Percentage of the other videos of the norm whose value is lower, from 0 to 100; null if there is none.</param>
/// <param name="NormVideos">How many other videos of the norm have the measure; null if there is no percentile.</param>
/// <param name="NoStanding">Why it has no percentile, as a clause; null if it has one, or if there is no norm.</param>
public sealed record ShownMeasure(
    string Key, string Name, double Value, string Unit, bool CurveValue, string? Curve, double? StartSeconds, double? EndSeconds, double? AtSeconds,
    MeasureReference? Reference, double? Percentile, int? NormVideos, string? NoStanding)
{
    /// <summary>A measure.</summary>
    public static ShownMeasure Of(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new ShownMeasure(
            measure.Key, measure.Name, measure.Value, measure.Unit, measure.Scale is not null, measure.Curve, measure.StartSeconds, measure.EndSeconds,
            measure.AtSeconds, measure.ComparedTo, measure.Standing?.Percentile, measure.Standing?.Videos, measure.NoStanding);
    }
}
