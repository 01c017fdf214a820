using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>A video's id is none of YouTube's, so that it cannot be fetched from there.</summary>
public sealed class NotAYouTubeIdException(string videoId)
    : EvokeException($"The video id '{videoId}' is not a YouTube id: expected letters, digits, '-' and '_'. Only YouTube videos can be downloaded.");
