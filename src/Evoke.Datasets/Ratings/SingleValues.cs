using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Datasets.Ratings;

/// <summary>Raters who gave a single value for a video where others gave a curve: it is no curve, and agreement is over the times that all have.</summary>
internal static class SingleValues
{
    /// <summary>The traces without single values; as they are if all are single, as where videos were rated as a whole.</summary>
    public static RatedTraces LeaveOut(RatedTraces curve) =>
        curve with { Traces = [.. Singles(curve) is { Length: > 0 } singles ? curve.Traces.Except(singles) : curve.Traces] };

    /// <summary>One sentence for each curve of a video from which single values are left out.</summary>
    public static IEnumerable<string> Notes(ImmutableArray<RatedTraces> curves)
    {
        foreach (RatedTraces curve in curves)
        {
            if (Singles(curve) is { Length: > 0 } singles)
            {
                IEnumerable<string> each = singles.Select(trace => string.Create(
                    CultureInfo.InvariantCulture, $"'{trace.Rater}' (at {trace.Seconds[IndexOf(trace)]:0.###} s)"));
                yield return $"Video '{curve.VideoId}', {curve.Curve}: a single value by {string.Join(", ", each)} is left out, also of agreement.";
            }
        }
    }

    private static RaterTrace[] Singles(RatedTraces curve)
    {
        RaterTrace[] singles = [.. curve.Traces.Where(IsSingle)];
        return singles.Length < curve.Traces.Length ? singles : [];
    }

    // An interval of ELAN or BIDS is a value and its end.
    private static bool IsSingle(RaterTrace trace) => trace.Kind == TraceKind.Linear && trace.Values.Count(double.IsFinite) == 1;

    private static int IndexOf(RaterTrace trace) => trace.Values.ToList().FindIndex(double.IsFinite);
}
