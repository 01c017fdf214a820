namespace Evoke.Studio.Jobs;

/// <summary>A video that was removed from the library.</summary>
/// <param name="VideoId">Its id.</param>
internal sealed record RemovedVideo(string VideoId);
