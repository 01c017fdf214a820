using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Insights.Summaries;

namespace Evoke.Insights.Rankings;

/// <summary>Tables of many videos and of their scenes. docs/rank.md defines each column.</summary>
/// <remarks>
/// A measure <c>K</c> has the column <c>K</c> with its value; <c>K.at_seconds</c>, <c>K.start_seconds</c> and <c>K.end_seconds</c> where it has a time or a
/// place; and <c>K.percentile</c>, its place among the other videos of the same model. Rows are in the order of ids. Thread-safe: without state.
/// </remarks>
public static class VideoRanking
{
    /// <summary>The column of ids.</summary>
    public const string VideoColumn = "video";

    private const string Mean = "mean.", Peak = "peak.", At = ".at_seconds", Start = ".start_seconds", End = ".end_seconds", Place = ".percentile";
    private const string Seconds = "s";
    private const int SampleSeconds = 60;

    /// <summary>A table with a row for each video.</summary>
    /// <param name="videos">The videos, in any order, each id once.</param>
    /// <exception cref="RankingException">There is no video, or two have the same id.</exception>
    public static RankingTable OfVideos(IEnumerable<RankedVideo> videos)
    {
        RankedVideo[] rows = Sorted(videos);
        return new RankingTable(
        [
            .. Common(rows, video => video),
            RankingColumn.OfNumbers("duration_seconds", rows.Select(video => (double?)video.DurationSeconds), Seconds),
            RankingColumn.OfWholes("warnings", rows.Select(video => (int?)video.Warnings)),
            .. KeysOf(rows).SelectMany(key => ColumnsOf(rows, key)),
        ]);
    }

    /// <summary>A table with a row for each scene of videos whose cuts are known.</summary>
    /// <param name="videos">The videos, each id once.</param>
    /// <param name="order">A table of the same videos whose rows are the videos to take, in this order; null for all in the order of their ids.</param>
    /// <exception cref="RankingException">There is no video, or two have the same id.</exception>
    public static RankingTable OfScenes(IEnumerable<RankedVideo> videos, RankingTable? order = null)
    {
        RankedVideo[] all = Sorted(videos);
        (RankedVideo Video, RankedScene Scene)[] rows = [.. all.SelectMany(video => video.Scenes.Select(scene => (video, scene)))];
        Dictionary<EmotionScheme, string[]> keys = new(ReferenceEqualityComparer.Instance);
        foreach (RankedVideo video in all)
        {
            keys[video.Scheme] = [.. CurveKeys.Of(video.Scheme)];
        }

        string[] curves = [.. all.SelectMany(video => keys[video.Scheme]).Distinct(StringComparer.Ordinal)];
        RankingTable table = new(
        [
            .. Common(rows, row => row.Video),
            RankingColumn.OfWholes("scene", rows.Select(row => (int?)row.Scene.Number)),
            RankingColumn.OfNumbers("start_seconds", rows.Select(row => (double?)row.Scene.StartSeconds), Seconds),
            RankingColumn.OfNumbers("end_seconds", rows.Select(row => (double?)row.Scene.EndSeconds), Seconds),
            RankingColumn.OfNumbers("duration_seconds", rows.Select(row => (double?)(row.Scene.EndSeconds - row.Scene.StartSeconds)), Seconds),
            .. curves.SelectMany(curve => new[]
            {
                RankingColumn.OfNumbers(Mean + curve, rows.Select(row => CurveOf(row.Video, row.Scene, curve)?.Mean), UnitOf(all, curve)),
                RankingColumn.OfNumbers(Peak + curve, rows.Select(row => CurveOf(row.Video, row.Scene, curve)?.Peak), UnitOf(all, curve)),
                RankingColumn.OfNumbers(Peak + curve + At, rows.Select(row => CurveOf(row.Video, row.Scene, curve)?.PeakSeconds), Seconds),
            }),
        ]);
        return order is null ? table : table.InOrderOf(VideoColumn, order[VideoColumn].Texts);

        SceneCurve? CurveOf(RankedVideo video, RankedScene scene, string curve) =>
            Array.IndexOf(keys[video.Scheme], curve) is >= 0 and int column ? scene.Curves[column] : null;

        string UnitOf(RankedVideo[] all, string curve) => all
            .Select(video => Array.IndexOf(keys[video.Scheme], curve) is >= 0 and int column ? video.Scheme.Ranges[column].Unit : null)
            .First(unit => unit is not null)!;
    }

    /// <summary>The column that a ranking is sorted by unless another one is asked for: the mean of the first curve.</summary>
    public static string UsualOrder(RankingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Columns.FirstOrDefault(column => column.Key.StartsWith(Mean, StringComparison.Ordinal) && column.Key.Count(c => c == '.') == 1)?.Key
            ?? VideoColumn;
    }

    /// <summary>Throws if no table of videos with these curves has columns of these names: before hours are spent on predicting them.</summary>
    /// <param name="keys">Names of columns, such as "peak.joy.at_seconds".</param>
    /// <param name="scheme">The curves.</param>
    /// <exception cref="RankingException">There is none of a name; the message suggests one.</exception>
    public static void ThrowIfNever(IEnumerable<string> keys, EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(scheme);
        TimeGrid grid = new(new Rate(1), SampleSeconds);
        RankingTable sample = OfVideos([RankedVideo.Of(new PredictionDocument
        {
            VideoId = "",
            SourceName = "",
            ModelName = "",
            DurationSeconds = SampleSeconds,
            Curves = new EmotionCurves(scheme, grid, new float[grid.Count * scheme.Count]),
        })]);
        foreach (string key in keys.Where(key => key != RankingTable.Rank))
        {
            string? place = new[] { At, Start, End }.FirstOrDefault(ending => key.EndsWith(ending, StringComparison.Ordinal));
            if (place is null || !sample.Has(key[..^place.Length]))
            {
                _ = sample[key]; // which says what there is
            }
        }
    }

    private static RankedVideo[] Sorted(IEnumerable<RankedVideo> videos)
    {
        ArgumentNullException.ThrowIfNull(videos);
        RankedVideo[] sorted = [.. videos.OrderBy(video => video.VideoId, StringComparer.Ordinal)];
        if (sorted.Length == 0)
        {
            throw new RankingException("There is no video to rank.");
        }

        return sorted.Zip(sorted.Skip(1)).FirstOrDefault(pair => pair.First.VideoId == pair.Second.VideoId) is { First: { } twice }
            ? throw new RankingException($"Two predictions are of a video with the id '{twice.VideoId}'.")
            : sorted;
    }

    private static IEnumerable<RankingColumn> Common<T>(T[] rows, Func<T, RankedVideo> videoOf) =>
    [
        RankingColumn.OfTexts(VideoColumn, rows.Select(row => videoOf(row).VideoId)),
        RankingColumn.OfTexts("source", rows.Select(row => videoOf(row).SourceName)),
        RankingColumn.OfTexts("model", rows.Select(row => videoOf(row).ModelName)),
        RankingColumn.OfTexts("model_sha256", rows.Select(row => videoOf(row).ModelSha256)),
    ];

    // The order of the first video that has or misses a measure, so that a table does not depend on how it was divided into shards.
    private static string[] KeysOf(RankedVideo[] rows) =>
    [
        .. rows.SelectMany(video => video.Measures.Measures.Select(measure => measure.Key).Concat(video.Measures.Missing.Select(missing => missing.Key)))
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<RankingColumn> ColumnsOf(RankedVideo[] rows, string key)
    {
        Measure?[] measures = [.. rows.Select(video => video.Measures.Find(key))];
        double?[] values = [.. measures.Select(measure => measure?.Value)];
        yield return RankingColumn.OfNumbers(key, values, measures.FirstOrDefault(measure => measure is not null)?.Unit ?? "");
        foreach ((string ending, Func<Measure, double?> of) in new (string, Func<Measure, double?>)[]
        {
            (At, measure => measure.AtSeconds), (Start, measure => measure.StartSeconds), (End, measure => measure.EndSeconds),
        })
        {
            double?[] times = [.. measures.Select(measure => measure is null ? null : of(measure))];
            if (times.Any(time => time is not null))
            {
                yield return RankingColumn.OfNumbers(key + ending, times, Seconds);
            }
        }

        yield return RankingColumn.OfNumbers(key + Place, PercentilesOf(rows, values), "%");
    }

    // Curves of one name by different models measure different things.
    private static double?[] PercentilesOf(RankedVideo[] rows, double?[] values)
    {
        double?[] percentiles = new double?[rows.Length];
        foreach (IGrouping<(string, string), int> model in Enumerable.Range(0, rows.Length).GroupBy(row => (rows[row].ModelName, rows[row].ModelSha256)))
        {
            int[] own = [.. model];
            double?[] places = Percentiles.Of([.. own.Select(row => values[row])]);
            for (int i = 0; i < own.Length; i++)
            {
                percentiles[own[i]] = places[i];
            }
        }

        return percentiles;
    }
}
