namespace Evoke.Files;

/// <summary>What a stream holds, as a temporary file: for readers that need to seek. <see cref="Dispose"/> removes the file.</summary>
/// <remarks>
/// The files are in a folder of their own, which only their user may read; one of that name that is somebody else's, or open to others, is not used. Files of
/// killed processes are removed after a day, when the next one is made.
/// Thread-safe.
/// </remarks>
public sealed class SpooledFile : IDisposable
{
    /// <summary>The usual limit: 64 GiB.</summary>
    public const long UsualMostBytes = 64L << 30;

    private static readonly TimeSpan s_oldAge = TimeSpan.FromDays(1);

    private SpooledFile(string path, long length) => (Path, Length) = (path, length);

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>Its size in bytes.</summary>
    public long Length { get; }

    /// <summary>Copies a stream to its end. If that fails, nothing is left.</summary>
    /// <param name="source">The stream; it need not be able to seek, and it is not closed.</param>
    /// <param name="name">What messages call it: "standard input".</param>
    /// <param name="mostBytes">More than this is an error.</param>
    /// <param name="folder">Where to put the file; null for a folder of this user's in the system's folder for temporary files (TMPDIR).</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="StreamLengthException">The stream holds more than <paramref name="mostBytes"/>, or nothing.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static async Task<SpooledFile> CopyAsync(
        Stream source, string name, long mostBytes = UsualMostBytes, string? folder = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostBytes);
        string own = OwnFolder(folder);
        string path = UnfinishedFile.NameFor(System.IO.Path.Combine(own, "stream"));
        try
        {
            // Not AtomicFile: the file is temporary and never gets a final name.
            FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            await using (target.ConfigureAwait(false))
            {
                long length = await CopyAsync(source, target, name, mostBytes, cancellationToken).ConfigureAwait(false);
                return new SpooledFile(path, length);
            }
        }
        catch (Exception error)
        {
            LeftoverCleaner.TryRemove(path);
            if (error is UnauthorizedAccessException)
            {
                throw new FileWriteException(path, error);
            }

            throw;
        }
    }

    /// <summary>Removes the file.</summary>
    public void Dispose() => LeftoverCleaner.TryRemove(Path);

    private static async Task<long> CopyAsync(Stream source, FileStream target, string name, long mostBytes, CancellationToken cancellationToken)
    {
        byte[] block = new byte[1 << 17];
        long length = 0;
        int read;
        while ((read = await source.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length > mostBytes)
            {
                throw new StreamLengthException(name, $"it holds more than the {mostBytes} bytes that are allowed");
            }

            try
            {
                await target.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                throw new FileWriteException(target.Name, error);
            }
        }

        return length > 0 ? length : throw new StreamLengthException(name, "it holds nothing");
    }

    private static string OwnFolder(string? folder)
    {
        string own = System.IO.Path.GetFullPath(folder ?? System.IO.Path.GetTempPath());
        try
        {
            own = folder is null ? PrivateFolder.In(own, $"evoke-{Environment.UserName}") : PrivateFolder.Make(own);
            LeftoverCleaner.RemoveOld(own, s_oldAge);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(own, error);
        }

        return own;
    }
}

/// <summary>A stream holds too much, or nothing.</summary>
/// <param name="name">What the stream is called.</param>
/// <param name="problem">What was found.</param>
public sealed class StreamLengthException(string name, string problem) : EvokeException($"{name}: {problem}.");
