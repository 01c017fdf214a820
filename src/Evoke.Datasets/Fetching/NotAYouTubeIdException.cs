using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>A video's id is none of YouTube's, so that it cannot be fetched from there.</summary>
public sealed class NotAYouTubeIdException(string videoId)
    : EvokeException($"The video id '{videoId}' is none of YouTube's: letters, digits, '-' and '_' are expected. Only such videos can be fetched.");
