namespace Evoke.Studio.Jobs;

/// <summary>A video whose name or tags have changed, or that is back in the library.</summary>
/// <param name="VideoId">Its id.</param>
internal sealed record ChangedVideo(string VideoId);
