using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Gathers samples from all files and makes traces of them. Not thread-safe.</summary>
internal sealed class TraceCollector(MistakeList mistakes, bool fromFirst)
{
    // A film does not begin after six hours; a time since 1970 does.
    private const double LatestStartSeconds = 6 * 3600;
    private const double GapSeconds = 1e-6;

    // Every second is a row: a number that is not a time must not make millions of them.
    private const double LongestSeconds = 24 * 3600;
    private const double LargestValue = 1e9;

    private readonly Dictionary<(string Video, string Curve, string Rater), Samples> _traces = [];
    private readonly Dictionary<string, string> _curveNames = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds one sample.</summary>
    /// <param name="sample">What was said.</param>
    /// <param name="kind">What the trace is between samples.</param>
    /// <param name="place">Where it was said.</param>
    /// <param name="endSeconds">When an interval ends; null for a sample.</param>
    public void Add(RatingSample sample, TraceKind kind, RatingPlace place, double? endSeconds = null)
    {
        if (sample.Seconds < 0)
        {
            mistakes.Add(place, "a time of 0 or more", string.Create(CultureInfo.InvariantCulture, $"{sample.Seconds} s"));
            return;
        }

        if (Math.Abs(sample.Value) > LargestValue)
        {
            mistakes.Add(place, "a value between -1e9 and 1e9", string.Create(CultureInfo.InvariantCulture, $"{sample.Value}"));
            return;
        }

        // "Arousal" and "arousal" are one curve, under the name that came first.
        if (!_curveNames.TryGetValue(sample.Curve, out string? curve))
        {
            _curveNames.Add(sample.Curve, curve = sample.Curve);
        }

        if (!_traces.TryGetValue((sample.Video, curve, sample.Rater), out Samples? trace))
        {
            _traces.Add((sample.Video, curve, sample.Rater), trace = new Samples(kind));
        }

        trace.List.Add(new Sample(sample.Seconds, endSeconds, sample.Value, place));
    }

    /// <summary>The traces of each curve of each video, in the order in which they were found.</summary>
    public ImmutableArray<RatedTraces> Build() =>
    [
        .. _traces.Select(trace => (trace.Key, Trace: Trace(trace.Key, trace.Value)))
            .Where(found => found.Trace is not null)
            .GroupBy(found => (found.Key.Video, found.Key.Curve), found => found.Trace!)
            .Select(curve => new RatedTraces(curve.Key.Video, curve.Key.Curve, [.. curve])),
    ];

    /// <summary>What may be on another scale than the rest, one sentence each; curves whose range is given are not looked at.</summary>
    public IEnumerable<string> ScaleWarnings(ImmutableArray<RatingRange> ranges) => _traces
        .Where(trace => !ranges.Any(range => range.IsFor(trace.Key.Curve)))
        .GroupBy(trace => trace.Key.Curve)
        .SelectMany(curve => Reading.ScaleWarnings.Of(
            curve.Key,
            [.. curve.SelectMany(trace => trace.Value.List.Where(sample => !double.IsNaN(sample.Value))
                .Select(sample => new PlacedValue(trace.Key.Rater, sample.Value, sample.Place)))]));

    private RaterTrace? Trace((string Video, string Curve, string Rater) key, Samples samples)
    {
        Sample[] sorted = [.. samples.List.OrderBy(sample => sample.Seconds)];
        double start = fromFirst ? sorted[0].Seconds : 0;
        if (sorted[0].Seconds - start > LatestStartSeconds)
        {
            mistakes.Add(
                sorted[0].Place, "times from the start of the video (give --from-first if they are not)",
                string.Create(CultureInfo.InvariantCulture, $"a first time of {sorted[0].Seconds} s"));
            return null;
        }

        Sample last = sorted.MaxBy(sample => sample.EndSeconds ?? sample.Seconds);
        if ((last.EndSeconds ?? last.Seconds) - start > LongestSeconds)
        {
            mistakes.Add(
                last.Place, "times within 24 hours of the start of the video",
                string.Create(CultureInfo.InvariantCulture, $"{(last.EndSeconds ?? last.Seconds) - start} s"));
            return null;
        }

        List<double> seconds = new(sorted.Length), values = new(sorted.Length);
        double? open = null; // the end of an interval that no other has followed yet
        for (int i = 0; i < sorted.Length; i++)
        {
            double time = sorted[i].Seconds - start;
            if (i > 0 && sorted[i].Seconds == sorted[i - 1].Seconds)
            {
                (RatingPlace first, RatingPlace second) = (sorted[i - 1].Place, sorted[i].Place);
                bool mayNameCurves = key.Curve == TableForm.OnlyCurve && (first.File != second.File || first.Sheet != second.Sheet);
                mistakes.Add(
                    second,
                    "one value of a curve by each rater for each time of a video"
                    + (mayNameCurves ? " (if the names of the files are the curves, give --name '{curve}')" : ""),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"a second one of '{key.Curve}' by '{key.Rater}' for '{key.Video}' at {sorted[i].Seconds} s{FirstPlace(first, second)}"));
                return null;
            }

            if (open is { } end && end < time - GapSeconds)
            {
                seconds.Add(end);
                values.Add(double.NaN);
            }

            seconds.Add(time);
            values.Add(sorted[i].Value);
            open = sorted[i].EndSeconds - start;
        }

        if (open > seconds[^1])
        {
            seconds.Add(open.Value);
            values.Add(double.NaN);
        }

        return values.TrueForAll(double.IsNaN) ? null : new RaterTrace(key.Rater, [.. seconds], [.. values], samples.Kind);
    }

    private static string FirstPlace(RatingPlace first, RatingPlace second) =>
        first.File != second.File || first.Sheet != second.Sheet ? $" (the first in {first})"
        : first.Row > 0 ? string.Create(CultureInfo.InvariantCulture, $" (the first in row {first.Row})")
        : "";

    private readonly record struct Sample(double Seconds, double? EndSeconds, double Value, RatingPlace Place);

    private sealed class Samples(TraceKind kind)
    {
        public TraceKind Kind => kind;

        public List<Sample> List { get; } = [];
    }
}
