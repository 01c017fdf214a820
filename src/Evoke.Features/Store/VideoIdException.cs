using Evoke.Files;

namespace Evoke.Features.Store;

/// <summary>A video's id cannot be the name of a feature file.</summary>
/// <param name="videoId">The id.</param>
/// <param name="problem">What is wrong with it, to follow the id in a sentence.</param>
public sealed class VideoIdException(string videoId, string problem) : EvokeException($"The video id '{videoId}' {problem}")
{
    /// <summary>The id.</summary>
    public string VideoId { get; } = videoId;
}
