namespace Evoke.Studio.Storage;

/// <summary>A video that was removed a short while ago and can still be put back.</summary>
/// <param name="Video">The video.</param>
/// <param name="Since">When it was removed, UTC.</param>
/// <param name="FileGoes">True if an uploaded file is deleted in the end; false if it is kept.</param>
internal sealed record RemovedRecord(VideoRecord Video, DateTimeOffset Since, bool FileGoes);
