using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Media.Videos;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Receives the samples of one file: checks them against their ranges, remembers the first ones, and hands them on.</summary>
internal sealed class RatingCheck(TraceCollector collector, MistakeList mistakes, ImmutableArray<RatingRange> ranges)
{
    private const int RowsToShow = 6;

    private readonly List<RatingSample> _first = [];
    private readonly HashSet<string> _curves = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mistakes so far.</summary>
    public MistakeList Mistakes => mistakes;

    /// <summary>The first samples.</summary>
    public ImmutableArray<RatingSample> First => [.. _first];

    /// <summary>The names of the curves so far.</summary>
    public ImmutableArray<string> Curves => [.. _curves];

    /// <summary>Adds a sample.</summary>
    public void Add(RatingSample sample, TraceKind kind, RatingPlace place, double? endSeconds = null)
    {
        // The name of a file is that of its video.
        sample = VideoFiles.IsMediaName(sample.Video) ? sample with { Video = VideoFiles.IdOf(sample.Video) } : sample;
        if (sample.Video.Length == 0 || sample.Rater.Length == 0 || sample.Curve.Length == 0)
        {
            string what = sample.Video.Length == 0 ? "video" : sample.Rater.Length == 0 ? "rater" : "curve";
            mistakes.Add(place, $"a name of the {what}", "an empty one");
            return;
        }

        _curves.Add(sample.Curve);
        if (_first.Count < RowsToShow)
        {
            _first.Add(sample);
        }

        if (ranges.FirstOrDefault(range => range.IsFor(sample.Curve)) is { } range && (sample.Value < range.Low || sample.Value > range.High))
        {
            mistakes.Add(
                place, string.Create(CultureInfo.InvariantCulture, $"'{sample.Curve}' from {range.Low} to {range.High}"),
                sample.Value.ToString("R", CultureInfo.InvariantCulture));
            return;
        }

        collector.Add(sample, kind, place, endSeconds);
    }
}
