using System.Collections.Immutable;
using Evoke.Studio.Errors;

namespace Evoke.Studio.Api;

/// <summary>Sorts the library.</summary>
internal static class VideoOrder
{
    public static IEnumerable<VideoView> Sort(IEnumerable<VideoView> videos, string sort, string? emotion, string order)
    {
        bool descending = IsDescending(order);
        return sort switch
        {
            "added" => By(videos, v => v.Added, descending),
            "name" => By(videos, v => v.Name, descending, StringComparer.OrdinalIgnoreCase),
            "duration" => By(videos, v => v.DurationSeconds ?? 0, descending),
            "mean" => ByStatistic(videos, emotion, r => r.Means, descending),
            "peak" => ByStatistic(videos, emotion, r => r.Peaks, descending),
            _ => throw new StudioRequestException(StatusCodes.Status400BadRequest, $"sort must be added, name, duration, mean or peak; found '{sort}'."),
        };
    }

    /// <summary>True for "desc", false for "asc".</summary>
    /// <exception cref="StudioRequestException">It is neither (400).</exception>
    public static bool IsDescending(string order) => order switch
    {
        "desc" => true,
        "asc" => false,
        _ => throw new StudioRequestException(StatusCodes.Status400BadRequest, $"order must be asc or desc; found '{RequestText.Short(order)}'."),
    };

    // A video without a result, or whose model does not predict the emotion, comes last in both orders.
    private static IEnumerable<VideoView> ByStatistic(
        IEnumerable<VideoView> videos, string? emotion, Func<Storage.ResultSummary, ImmutableArray<float>> statistic, bool descending)
    {
        if (string.IsNullOrEmpty(emotion))
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, "Sorting by mean or peak needs an emotion (emotion=NAME).");
        }

        ILookup<bool, VideoView> known = videos.ToLookup(v => Column(v, emotion) >= 0);
        return By(known[true], v => statistic(v.Result!)[Column(v, emotion)], descending).Concat(known[false]);
    }

    private static int Column(VideoView video, string emotion) => video.Result?.Scheme.IndexOf(emotion) ?? -1;

    private static IEnumerable<VideoView> By<TKey>(
        IEnumerable<VideoView> videos, Func<VideoView, TKey> key, bool descending, IComparer<TKey>? comparer = null) =>
        descending ? videos.OrderByDescending(key, comparer) : videos.OrderBy(key, comparer);
}
