using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Features.Store;

/// <summary>A folder of feature files, one for each video: ID.safetensors.</summary>
/// <remarks>Files are written atomically, so many processes may read while one writes. Thread-safe.</remarks>
public sealed class FeatureStore
{
    private const string LockName = ".lock";

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    private FeatureStore(string folder) => Folder = folder;

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Opens an existing store.</summary>
    /// <exception cref="FeatureStoreMissingException">There is no such folder.</exception>
    public static FeatureStore Open(string folder) => Directory.Exists(folder)
        ? new FeatureStore(Path.GetFullPath(folder))
        : throw new FeatureStoreMissingException(folder);

    /// <summary>Opens a store and creates its folder if it is missing.</summary>
    /// <exception cref="FileWriteException">The folder cannot be created.</exception>
    public static FeatureStore OpenOrCreate(string folder) => new(WritableFolder.Create(folder));

    /// <summary>The path of a video's feature file, whether or not it exists.</summary>
    /// <exception cref="VideoIdException">The id cannot be a file name.</exception>
    public string PathOf(string videoId) => Path.Combine(Folder, FeatureFileName.FromId(videoId));

    /// <summary>True if there is a file for the video; its content is not checked.</summary>
    public bool Contains(string videoId) => File.Exists(PathOf(videoId));

    /// <summary>The ids of all videos that have a file, in ordinal order.</summary>
    /// <exception cref="FeatureFileException">A file of the folder ends in .safetensors but its name is not that of an id.</exception>
    public IReadOnlyList<string> VideoIds()
    {
        List<string> ids = [];
        foreach (string path in Directory.EnumerateFiles(Folder))
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith('.') || !name.EndsWith(FeatureFileName.Extension, StringComparison.Ordinal))
            {
                continue; // files that are being written, failures.csv
            }

            ids.Add(FeatureFileName.TryGetId(name, out string? id)
                ? id
                : throw new FeatureFileException(
                    path, "no video id has this file name: a feature file's name is the id, with unsafe characters as %XX, and '.safetensors'."));
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    /// <summary>Opens the features of a video without reading them into memory.</summary>
    /// <exception cref="FeaturesMissingException">There is no file for the video.</exception>
    /// <exception cref="TensorFileException">The file cannot be read, is truncated or is not a safetensors file.</exception>
    /// <exception cref="FeatureFileException">It is not a feature file, contradicts itself, or belongs to another video.</exception>
    public FeatureFile OpenFile(string videoId)
    {
        string path = PathOf(videoId);
        if (!File.Exists(path))
        {
            throw new FeaturesMissingException(videoId, Folder);
        }

        FeatureFile file = FeatureFile.Open(path);
        if (file.Header.VideoId != videoId)
        {
            file.Dispose();
            throw new FeatureFileException(path, $"expected the features of the video '{videoId}', found those of '{file.Header.VideoId}'.");
        }

        return file;
    }

    /// <summary>Reads the features of a video into memory.</summary>
    /// <exception cref="FeaturesMissingException">There is no file for the video.</exception>
    /// <exception cref="TensorFileException">The file cannot be read, is truncated or is not a safetensors file.</exception>
    /// <exception cref="FeatureFileException">
    /// It is not a feature file, contradicts itself, belongs to another video, or has a value that is not finite.
    /// </exception>
    public VideoFeatures Read(string videoId)
    {
        using FeatureFile file = OpenFile(videoId);
        return file.Read();
    }

    /// <summary>Writes the features of a video. If they have one modality only, stored features of the other one are kept with them.</summary>
    /// <remarks>
    /// Kept rows stay at their times: the last is repeated, or those beyond the end are dropped. Processes that write different modalities of a video at the
    /// same time wait for each other. A stored file that cannot be read is replaced.
    /// </remarks>
    /// <param name="features">What to write.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    /// <exception cref="FeatureFileException">
    /// The stored features of the other modality are from another file than the video, or their length differs by more than two seconds.
    /// </exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    /// <exception cref="VideoIdException">The id cannot be a file name.</exception>
    public void Add(VideoFeatures features, DType storeAs = DType.F32, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features is { Visual: not null, Audio: not null })
        {
            Write(features, storeAs);
            return;
        }

        using FileLock held = TakeLock(cancellationToken);
        Write(ReadOrNull(features.VideoId) is { } stored ? FeatureJoin.Join(features, stored, PathOf(features.VideoId)) : features, storeAs);
    }

    /// <summary>Refuses what <see cref="Add"/> would refuse after hours of work: stored features of the other modality that are from another file.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="sourceName">Name of its file, without folder.</param>
    /// <param name="sourceBytes">Size of its file.</param>
    /// <param name="visual">True if visual features are to be added.</param>
    /// <param name="audio">True if audio features are to be added.</param>
    /// <exception cref="FeatureFileException">They are from a file of another name or size.</exception>
    public void ThrowIfNotJoinable(string videoId, string sourceName, long sourceBytes, bool visual, bool audio)
    {
        if (visual && audio)
        {
            return;
        }

        if (HeaderOrNull(videoId) is { } stored && ((!visual && stored.Visual is not null) || (!audio && stored.Audio is not null)))
        {
            FeatureJoin.ThrowIfOtherSource(PathOf(videoId), stored.SourceName, stored.SourceBytes, sourceName, sourceBytes);
        }
    }

    /// <summary>Writes the features of a video, replacing any earlier ones.</summary>
    /// <param name="features">What to write.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    /// <exception cref="VideoIdException">The id cannot be a file name.</exception>
    public void Write(VideoFeatures features, DType storeAs = DType.F32)
    {
        ArgumentNullException.ThrowIfNull(features);
        FeatureFile.Write(PathOf(features.VideoId), features, storeAs);
    }

    private FileLock TakeLock(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FileLock.TryTake(Path.Combine(Folder, LockName)) is { } taken)
            {
                return taken;
            }

            cancellationToken.WaitHandle.WaitOne(LockPause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private VideoFeatures? ReadOrNull(string videoId) => OrNull(videoId, file => file.Read());

    private FeatureFileHeader? HeaderOrNull(string videoId) => OrNull(videoId, file => file.Header);

    private T? OrNull<T>(string videoId, Func<FeatureFile, T> read)
        where T : class
    {
        try
        {
            if (!Contains(videoId))
            {
                return null;
            }

            using FeatureFile file = OpenFile(videoId);
            return read(file);
        }
        catch (EvokeException error) when (error is TensorFileException or FeatureFileException)
        {
            return null; // Damaged, or of another video: there is nothing to keep.
        }
    }
}
