using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>A video's id is not a YouTube id, so it cannot be downloaded from there.</summary>
public sealed class NotAYouTubeIdException(string videoId)
    : EvokeException($"The video id '{videoId}' is not a YouTube id: expected letters, digits, '-' and '_'. Only YouTube videos can be downloaded.");
