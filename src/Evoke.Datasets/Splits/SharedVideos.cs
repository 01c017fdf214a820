using Evoke.Datasets.Labels;

namespace Evoke.Datasets.Splits;

/// <summary>Finds videos, or groups of them, that are both in the training and in the validation labels.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class SharedVideos
{
    private const int NamesInMessages = 5;

    /// <summary>A note that the sets share videos or groups; null if they do not.</summary>
    /// <param name="train">The labels to train on.</param>
    /// <param name="validation">The labels to validate on.</param>
    /// <param name="groups">Which videos belong together.</param>
    /// <exception cref="DatasetException">A video has no group.</exception>
    public static string? NoteOf(LabelSet train, LabelSet validation, VideoGroups groups)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(groups);
        string[] videos = [.. validation.Videos.Select(video => video.VideoId).Where(id => train.Find(id) is not null)];
        if (videos.Length > 0)
        {
            return $"{Counted(videos, "video is", "videos are")} both in the training and in the validation labels ({Listed(videos)}): "
                + "the validation scores will be optimistic. 'evoke dataset split' makes parts that share none.";
        }

        if (groups.IsNone)
        {
            return null;
        }

        HashSet<string> trained = [.. groups.Of(train.Videos.Select(video => video.VideoId))];
        string[] shared = [.. groups.Of(validation.Videos.Select(video => video.VideoId)).Distinct().Where(trained.Contains)];
        return shared.Length == 0
            ? null
            : $"{Counted(shared, "group has", "groups have")} videos both in the training and in the validation labels ({Listed(shared)}): "
                + "the validation scores may be optimistic. 'evoke dataset split' keeps groups together.";
    }

    private static string Counted(string[] names, string one, string many) => $"{names.Length} {(names.Length == 1 ? one : many)}";

    private static string Listed(string[] names) => string.Join(", ", names.Take(NamesInMessages)) + (names.Length > NamesInMessages ? ", …" : "");
}
