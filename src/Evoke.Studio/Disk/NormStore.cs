using System.Collections.Concurrent;
using System.Globalization;
using Evoke.Files;
using Evoke.Insights.Norms;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;

namespace Evoke.Studio.Disk;

/// <summary>A norms file of the library.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Norm">What it says; null if it cannot be read any more.</param>
/// <param name="Error">Why it cannot be read; null if it can.</param>
internal sealed record KeptNorm(string Id, Norm? Norm, string? Error = null);

/// <summary>The norms files that people have given Studio, in <c>DataFolder/norms</c>. The name given by the client is never part of a path.</summary>
internal sealed class NormStore
{
    private const int MostFiles = 100;
    private const int MostBytes = 1 << 25; // of 100,000 videos about 100 MB, of 10,000 a third of this
    private const string Ending = ".norms.json";

    private readonly string _folder;
    private readonly int _mostBytes;
    private readonly ConcurrentDictionary<string, Norm> _read = new(StringComparer.Ordinal);

    /// <summary>Keeps files in <c>DataFolder/norms</c>.</summary>
    public NormStore(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _folder = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "norms"));
        _mostBytes = (int)Math.Min(MostBytes, options.MaxUploadBytes);
    }

    /// <summary>All of them, by name; those that cannot be read, by their ids.</summary>
    public IReadOnlyList<KeptNorm> All() =>
    [
        .. Directory.EnumerateFiles(_folder, "*" + Ending).Select(path => Kept(System.IO.Path.GetFileName(path)[..^Ending.Length])).OfType<KeptNorm>()
            .OrderBy(kept => kept.Norm?.Name ?? kept.Id, StringComparer.OrdinalIgnoreCase).ThenBy(kept => kept.Id, StringComparer.Ordinal),
    ];

    /// <summary>One of them.</summary>
    /// <exception cref="StudioRequestException">There is none of this id (404).</exception>
    /// <exception cref="NormException">The file is damaged.</exception>
    public Norm Get(string id)
    {
        string path = PathOf(id);
        return File.Exists(path) ? _read.GetOrAdd(id, _ => NormFile.Read(path)) : throw None(id);
    }

    /// <summary>Adds a file; of one that is there already, byte by byte, there is no second.</summary>
    /// <param name="name">What the file is called, for messages.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="cancellation">Ends the reading; no file stays.</param>
    /// <exception cref="StudioRequestException">It is too large (413), or there are too many (409).</exception>
    /// <exception cref="NormException">It is not a norm.</exception>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public async Task<KeptNorm> AddAsync(string name, Stream body, CancellationToken cancellation)
    {
        byte[] bytes = await ReadAsync(body, cancellation).ConfigureAwait(false);
        Norm norm = NormFile.Parse(bytes, name);
        if (await SameAsync(bytes, cancellation).ConfigureAwait(false) is { } same)
        {
            return same;
        }

        if (Directory.EnumerateFiles(_folder, "*" + Ending).Count() >= MostFiles)
        {
            throw new StudioRequestException(StatusCodes.Status409Conflict,
                string.Create(CultureInfo.InvariantCulture, $"There are {MostFiles} norms files already. Delete one first."));
        }

        string id = RandomId.Next();
        await AtomicFile.WriteAsync(PathOf(id), file => file.WriteAsync(bytes, cancellation).AsTask()).ConfigureAwait(false);
        _read[id] = norm;
        return new KeptNorm(id, norm);
    }

    /// <summary>Deletes one of them.</summary>
    /// <exception cref="StudioRequestException">There is none of this id (404).</exception>
    public void Delete(string id)
    {
        string path = PathOf(id);
        if (!File.Exists(path))
        {
            throw None(id);
        }

        File.Delete(path);
        _read.TryRemove(id, out _);
    }

    private async Task<KeptNorm?> SameAsync(byte[] bytes, CancellationToken cancellation)
    {
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles("*" + Ending).Where(file => file.Length == bytes.Length))
        {
            byte[] kept = await File.ReadAllBytesAsync(file.FullName, cancellation).ConfigureAwait(false);
            if (kept.AsSpan().SequenceEqual(bytes))
            {
                return Kept(file.Name[..^Ending.Length]);
            }
        }

        return null;
    }

    // A damaged file is listed, so that it can be deleted; a file that somebody else put there is not ours.
    private KeptNorm? Kept(string id)
    {
        if (!RandomId.IsOne(id))
        {
            return null;
        }

        try
        {
            return new KeptNorm(id, Get(id));
        }
        catch (Exception error) when (error is NormException or FileReadException)
        {
            return new KeptNorm(id, null, error.Message);
        }
    }

    private static StudioRequestException None(string id) => new(StatusCodes.Status404NotFound, $"There is no norms file '{RequestText.Short(id)}'.");

    // An id that is none of ours could lead out of the folder.
    private string PathOf(string id) => RandomId.IsOne(id) ? System.IO.Path.Combine(_folder, id + Ending) : throw None(id);

    private async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellation)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            if (all.Length + read > _mostBytes)
            {
                throw new StudioRequestException(StatusCodes.Status413PayloadTooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"A norms file may have {_mostBytes:N0} bytes."));
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
