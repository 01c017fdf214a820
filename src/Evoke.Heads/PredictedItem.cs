using Evoke.Files;
using Evoke.Heads.Reactions;
using Evoke.Media.Videos;

namespace Evoke.Heads;

/// <summary>The result of one video of many: a prediction, or the reason why there is none. Immutable and thread-safe.</summary>
/// <param name="Video">The video.</param>
/// <param name="Position">Which of the videos it is, from 1.</param>
/// <param name="Count">How many videos there are.</param>
public sealed record PredictedItem(VideoFile Video, int Position, int Count)
{
    /// <summary>The prediction; null if the video failed.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>Why the video failed; null if it did not.</summary>
    public EvokeException? Error { get; init; }
}

/// <summary>Two videos of one run have the same id: the first one keeps it.</summary>
/// <param name="video">The later one.</param>
/// <param name="first">The first one.</param>
public sealed class RepeatedVideoIdException(string video, string first) : EvokeException(
    $"{video}: its id is that of {first}, which was given before; rename one of them, or predict it in another run.");
