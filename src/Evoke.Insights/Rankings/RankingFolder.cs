using System.Text.Json;
using Evoke.Files;

namespace Evoke.Insights.Rankings;

/// <summary>A video as a run saw it: where it was and how large.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">Its full path.</param>
/// <param name="Bytes">Its size in bytes; 0 if there was no such file.</param>
public sealed record RankingSource(string Path, long Bytes)
{
    /// <summary>The file as it is now.</summary>
    public static RankingSource Of(string path)
    {
        FileInfo file = new(path);
        return new RankingSource(file.FullName, file.Exists ? file.Length : 0);
    }
}

/// <summary>A folder in which the predictions of many videos are made, by one run or several, and which says which of them are done.</summary>
/// <remarks>
/// A prediction is a file <c>ID.json</c>, in subfolders where the id has slashes. The hidden file <c>.evoke-rank.json</c> says with what settings and of which
/// files the predictions were made. Not thread-safe; several processes may work in one folder on different videos of one list.
/// </remarks>
public sealed class RankingFolder
{
    private const string IndexName = ".evoke-rank.json", Ending = ".json";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _folder;

    private RankingFolder(string folder) => _folder = folder;

    /// <summary>Opens a folder, or creates it. Predictions of videos that are now other files are removed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="settings">What the predictions of this run depend on.</param>
    /// <param name="videos">All videos by id, those of other shards included.</param>
    /// <exception cref="RankingException">The folder has predictions with other settings, or files of their names that are not of a ranking; or its index is
    /// damaged.</exception>
    /// <exception cref="FileReadException">The folder cannot be read.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    public static RankingFolder Open(string folder, RankingSettings settings, IReadOnlyDictionary<string, RankingSource> videos)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(videos);
        RankingFolder opened = new(folder);
        string path = Path.Combine(folder, IndexName);
        Index? earlier = File.Exists(path) ? Read(path) : null;
        if (earlier is not null && earlier.Settings != settings)
        {
            throw new RankingException($"{folder} has predictions by {earlier.Settings}; this run is by {settings}. Give it a folder of its own.");
        }

        SortedDictionary<string, RankingSource> all = new(earlier?.Videos ?? [], StringComparer.Ordinal);
        foreach ((string id, RankingSource source) in videos)
        {
            if (!all.TryGetValue(id, out RankingSource? known) && opened.Has(id))
            {
                throw new RankingException(
                    $"{opened.PathOf(id)} exists and is not a prediction of a ranking in {folder}. Give the ranking a folder of its own.");
            }

            if (known is not null && known != source)
            {
                Remove(opened.PathOf(id)); // before the index says that the prediction is of the new file
            }

            all[id] = source;
        }

        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, new Index(settings, all), s_json));
        return opened;
    }

    /// <summary>The videos of the rankings that are made in folders and the folders in them, by id: true for those that are predicted in one of
    /// them. Empty where no ranking is made.</summary>
    /// <param name="folders">The folders: all those that shards of one ranking write to.</param>
    /// <exception cref="RankingException">An index is damaged.</exception>
    /// <exception cref="FileReadException">A folder cannot be read.</exception>
    public static IReadOnlyDictionary<string, bool> VideosIn(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        Dictionary<string, bool> videos = new(StringComparer.Ordinal);
        foreach (string index in folders.SelectMany(IndexesIn))
        {
            RankingFolder folder = new(Path.GetDirectoryName(index)!);
            foreach (string id in Read(index).Videos.Keys)
            {
                videos[id] = videos.GetValueOrDefault(id) || folder.Has(id);
            }
        }

        return videos;
    }

    /// <summary>The file of a prediction.</summary>
    public string PathOf(string videoId) => Path.Combine(_folder, videoId + Ending);

    /// <summary>True if a video is predicted.</summary>
    public bool Has(string videoId) => File.Exists(PathOf(videoId));

    private static string[] IndexesIn(string folder)
    {
        try
        {
            return Directory.GetFiles(
                folder, IndexName, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(folder, error);
        }
    }

    private static Index Read(string path)
    {
        try
        {
            Index? index = JsonSerializer.Deserialize<Index>(File.ReadAllBytes(path), s_json);
            return index is { Settings: not null, Videos: not null }
                ? index
                : throw new RankingException($"{path} is damaged: expected settings and videos. Remove it; all videos are then predicted again.");
        }
        catch (JsonException error)
        {
            throw new RankingException($"{path} is damaged: {PlainMessage.Of(error)} Remove it; all videos are then predicted again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(path, error);
        }
    }

    private sealed record Index(RankingSettings Settings, SortedDictionary<string, RankingSource> Videos);
}
