using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evoke.Files;

/// <summary>SHA-256 of large files, cached as long as path, size and modification time stay the same. Thread-safe, also between processes.</summary>
public sealed partial class FileHashes
{
    private const int BufferBytes = 1 << 20;
    private readonly string _folder;

    /// <summary>Caches hashes under <paramref name="home"/>.</summary>
    /// <param name="home">The folder of <see cref="EvokeHome"/>; null for the default.</param>
    public FileHashes(string? home = null) => _folder = Path.Combine(EvokeHome.Resolve(home), "hashes");

    /// <summary>The SHA-256 of a file in lower-case hex.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Receives the bytes read so far, if the file has to be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Sha256Of(string path, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        FileInfo file = new(Path.GetFullPath(path));
        Entry now = new(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, "");
        string note = NoteOf(file.FullName);
        if (Recall(note) is { } known && known with { Sha256 = "" } == now)
        {
            return known.Sha256;
        }

        Entry entry = now with { Sha256 = Compute(file.FullName, progress, cancellationToken) };
        Remember(note, entry);
        return entry.Sha256;
    }

    /// <summary>Stores a hash that was computed while the file was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">Its SHA-256 in lower-case hex.</param>
    public void Remember(string path, string sha256)
    {
        FileInfo file = new(Path.GetFullPath(path));
        Remember(NoteOf(file.FullName), new Entry(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, sha256));
    }

    /// <summary>Reads a file and hashes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Receives the bytes read so far.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The SHA-256 in lower-case hex.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Compute(string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long done = 0;
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
                progress?.Report(done += read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string NoteOf(string fullPath) =>
        Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fullPath)))[..32] + ".json");

    private static Entry? Recall(string note)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(note), HashJson.Default.Entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // Not there, or damaged: the file is hashed again.
        }
    }

    private static void Remember(string note, Entry entry)
    {
        try
        {
            AtomicFile.Write(note, stream => JsonSerializer.Serialize(stream, entry, HashJson.Default.Entry));
        }
        catch (FileWriteException)
        {
            // The home is read-only or full: the hash is correct and is computed again the next time.
        }
    }

    private sealed record Entry(string Path, long Bytes, long ModifiedTicks, string Sha256);

    [JsonSerializable(typeof(Entry))]
    private sealed partial class HashJson : JsonSerializerContext;
}
