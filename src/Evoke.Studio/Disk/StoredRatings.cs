namespace Evoke.Studio.Disk;

/// <summary>Files of ratings that were written.</summary>
/// <param name="Folder">The name of their folder, among those of the video.</param>
/// <param name="Name">The file or folder to read, relative to it, with '/'.</param>
/// <param name="Files">How many files there are.</param>
/// <param name="Bytes">Their size in bytes.</param>
internal sealed record StoredRatings(string Folder, string Name, int Files, long Bytes);
