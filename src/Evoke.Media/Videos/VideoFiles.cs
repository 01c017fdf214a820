using Evoke.Files;

namespace Evoke.Media.Videos;

/// <summary>A video to process: its file and its id.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">Its id.</param>
/// <param name="Path">Full path of the file.</param>
public sealed record VideoFile(string VideoId, string Path)
{
    /// <summary>An earlier video with the same id, so that this one cannot be processed along with it; null for none.</summary>
    public VideoFile? SameIdAs { get; init; }
}

/// <summary>Finds the videos in a list of files and folders and gives each its id.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class VideoFiles
{
    private static readonly HashSet<string> Extensions = new(
        [
            ".mp4", ".m4v", ".mov", ".qt", ".mkv", ".webm", ".avi", ".divx", ".flv", ".f4v", ".wmv", ".asf", ".mpg", ".mpeg", ".m2v", ".vob", ".ts",
            ".mts", ".m2ts",
            ".ogv", ".ogg", ".3gp", ".3g2", ".mxf", ".nut", ".rm", ".rmvb", ".dv", ".y4m",
            ".wav", ".mp3", ".m4a", ".aac", ".flac", ".opus", ".oga", ".wma", ".mka", ".ac3", ".aif", ".aiff",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The id of a file: its name without folder and extension.</summary>
    public static string IdOf(string path)
    {
        string id = Path.GetFileNameWithoutExtension(path);
        return id.Length > 0 ? id : Path.GetFileName(path); // ".mp4" has no other name
    }

    /// <summary>True if a file of this name in a folder counts as video or sound, by its extension.</summary>
    public static bool IsMediaName(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>
    /// All videos of a list of files and folders: a file stays as it is, a folder yields all files with a media extension in it and its subfolders, in
    /// ordinal order. A file named twice counts once.
    /// </summary>
    /// <remarks>
    /// Links to files and folders are followed, but each folder is searched once, so circular links are harmless. Hidden files are skipped. Of several
    /// videos with one id the first keeps it; the others are marked by <see cref="VideoFile.SameIdAs"/>, so that callers can reject them.
    /// </remarks>
    /// <param name="filesAndFolders">Files and folders; a name that is neither is kept, and so is a folder that cannot be read, so that its error is reported
    /// when it is read.</param>
    /// <exception cref="NoVideosException">There is none; the message names the places that were searched.</exception>
    public static IReadOnlyList<VideoFile> Find(IEnumerable<string> filesAndFolders)
    {
        ArgumentNullException.ThrowIfNull(filesAndFolders);
        string[] asked = [.. filesAndFolders];
        Dictionary<string, VideoFile> byId = new(StringComparer.Ordinal);
        List<VideoFile> found = [];
        foreach (string path in asked.SelectMany(FilesOf).Distinct(StringComparer.Ordinal))
        {
            VideoFile video = new(IdOf(path), path);
            found.Add(byId.TryAdd(video.VideoId, video) ? video : video with { SameIdAs = byId[video.VideoId] });
        }

        return found.Count > 0 ? found : throw new NoVideosException(asked);
    }

    /// <summary>
    /// Expands a list of files and folders, each under the path that was given: a file stays as it is, a folder yields all files with a media extension
    /// in it and its subfolders, in ordinal order.
    /// </summary>
    /// <param name="filesAndFolders">Files and folders; a name that is neither is kept, and so is a folder without videos beside others, so that its error is
    /// reported when it is read.</param>
    /// <exception cref="NoVideosException">There is none; the message names the places that were searched.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> filesAndFolders)
    {
        ArgumentNullException.ThrowIfNull(filesAndFolders);
        string[] asked = [.. filesAndFolders];
        string[][] found = [.. asked.Select(path => Directory.Exists(path) ? [.. MediaIn(path)] : new[] { path })];
        return found.Any(files => files.Length > 0)
            ? [.. found.Zip(asked, (files, path) => files.Length > 0 ? files : [path]).SelectMany(files => files)]
            : throw new NoVideosException(asked);
    }

    private static IEnumerable<string> MediaIn(string folder) =>
        FolderSearch.FilesBelow(folder, IsMediaName).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FilesOf(string path)
    {
        string full = Path.GetFullPath(path);
        return Directory.Exists(full) ? MediaIn(full) : [full];
    }
}

/// <summary>Two videos have the same id, so one would replace the other.</summary>
public sealed class DuplicateVideoIdException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public DuplicateVideoIdException(VideoFile first, VideoFile second)
        : base($"Two videos have the id '{first.VideoId}': '{first.Path}' and '{second.Path}'. Rename one, or process them into separate output folders.")
    {
    }
}

/// <summary>No video was found.</summary>
public sealed class NoVideosException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public NoVideosException(IReadOnlyCollection<string> looked)
        : base(looked.Count == 0 ? "No video was named."
            : $"There is no file with a media extension (.mp4, .mkv, .webm, ...) in {string.Join(", ", looked.Select(path => $"'{path}'"))}.")
    {
    }
}
