using System.Globalization;
using System.IO.Compression;
using System.Text;
using Evoke.Files;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Disk;

/// <summary>Files of ratings on disk. They keep their names, which often say who rated what; a name is part of a path only after every part of it was
/// checked.</summary>
internal sealed class RatingStore
{
    /// <summary>The most files of one video.</summary>
    public const int MostFiles = 200;

    /// <summary>The most bytes of one video.</summary>
    public const long MostBytes = 32L << 20;

    private const long MostUnpackedBytes = 64L << 20;
    private const int LongestPart = 200; // bytes of UTF-8
    private const int MostParts = 8;
    private const string Loose = "ratings"; // the folder of files that have none
    private const string Beside = ".json"; // what describes other files
    private readonly AnalysisFiles _files;

    /// <summary>Keeps files in the folders of <paramref name="files"/>, and removes those that no row of <paramref name="ratings"/> names: Studio ended
    /// while it wrote or deleted them.</summary>
    public RatingStore(AnalysisFiles files, RatingTable ratings)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(ratings);
        _files = files;
        HashSet<string> known = [.. ratings.All().Select(rating => PathOf(rating.VideoId, rating.Folder))];
        foreach (string video in Directory.EnumerateDirectories(files.AllRatings))
        {
            foreach (string folder in Directory.EnumerateDirectories(video).Where(folder => !known.Contains(folder)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The full path of a folder of ratings.</summary>
    public string PathOf(string videoId, string folder) => System.IO.Path.Combine(_files.RatingFolder(videoId), folder);

    /// <summary>Writes files to a folder of their own; none stays if one of them cannot be written.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="uploads">The files; their names may have folders, with '/'.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StudioRequestException">There is no file, or a file's name cannot be used (400); or the files are too large (413).</exception>
    /// <exception cref="FileWriteException">A file cannot be written.</exception>
    public async Task<StoredRatings> SaveAsync(string videoId, IReadOnlyList<IFormFile> uploads, CancellationToken cancellation)
    {
        string[] paths = PathsOf(uploads);
        long bytes = uploads.Sum(upload => upload.Length);
        ThrowIfTooLarge(bytes);
        string folder = RandomId.Next();
        string root = PathOf(videoId, folder);
        bool isWhole = false;
        try
        {
            long unpacked = 0;
            for (int i = 0; i < paths.Length; i++)
            {
                string path = System.IO.Path.Combine([root, .. paths[i].Split('/')]);
                await AtomicFile.WriteAsync(path, file => uploads[i].CopyToAsync(file, cancellation)).ConfigureAwait(false);
                unpacked += Unpacked(path, MostUnpackedBytes - unpacked);
                if (unpacked > MostUnpackedBytes)
                {
                    throw new StudioRequestException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                        $"{paths[i]}: expected at most {MostUnpackedBytes:N0} bytes in all files once they are unpacked; found more."));
                }
            }

            isWhole = true;
        }
        finally
        {
            if (!isWhole)
            {
                Delete(videoId, folder);
            }
        }

        string[] tables = [.. paths.Where(path => !path.EndsWith(Beside, StringComparison.OrdinalIgnoreCase))];
        return new StoredRatings(folder, tables.Length == 1 ? tables[0] : paths[0].Split('/')[0], paths.Length, bytes);
    }

    /// <summary>Deletes a folder of ratings, if it is there.</summary>
    public void Delete(string videoId, string folder)
    {
        string path = PathOf(videoId, folder);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Throws if ratings of this size are not taken.</summary>
    /// <exception cref="StudioRequestException">They are too large (413).</exception>
    public static void ThrowIfTooLarge(long bytes)
    {
        if (bytes > MostBytes)
        {
            throw new StudioRequestException(StatusCodes.Status413PayloadTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The ratings of a video may have {MostBytes:N0} bytes; found {bytes:N0}."));
        }
    }

    /// <summary>Where each file goes: a single file keeps its name, the files of one folder are in a folder of that name.</summary>
    private static string[] PathsOf(IReadOnlyList<IFormFile> uploads)
    {
        if (uploads.Count is 0 or > MostFiles)
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(
                CultureInfo.InvariantCulture, $"The ratings of a video are 1 to {MostFiles} files; found {uploads.Count}."));
        }

        string[][] parts = [.. uploads.Select(upload => PartsOf(upload.FileName))];
        bool isFolder = parts.All(part => part.Length > 1 && part[0] == parts[0][0]);
        string[] paths = [.. parts.Select(part => string.Join('/', isFolder || (part.Length == 1 && parts.Length == 1) ? part : [Loose, .. part]))];
        return paths.GroupBy(path => path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(path => path.Count() > 1) is { } twice
            ? throw new StudioRequestException(
                StatusCodes.Status400BadRequest, $"Each file needs a name of its own; found '{RequestText.Short(twice.Key)}' twice.")
            : paths;
    }

    private static string[] PartsOf(string name)
    {
        string[] parts = name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool isUsable = parts.Length is > 0 and <= MostParts
            && parts.All(part => part[0] != '.' && !part.Any(char.IsControl) && Encoding.UTF8.GetByteCount(part) <= LongestPart);
        return isUsable
            ? parts
            : throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"A file of ratings has a name of 1 to {MostParts} parts, each of which has at most {LongestPart} bytes and begins with no dot; "
                + $"found '{RequestText.Short(name)}'."));
    }

    /// <summary>The size of a file once it is unpacked, if it is packed; counting ends beyond <paramref name="most"/>.</summary>
    private static long Unpacked(string path, long most)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> mark = stackalloc byte[2];
        int read = file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        file.Position = 0;
        try
        {
            return (read, mark[0], mark[1]) switch
            {
                (2, 0x1f, 0x8b) => UnpackedGzip(file, most),
                (2, (byte)'P', (byte)'K') => UnpackedZip(file, most),
                _ => file.Length,
            };
        }
        catch (InvalidDataException)
        {
            return file.Length; // It is damaged, or not what it looks like: whoever reads it says so, and gets no further.
        }
    }

    private static long UnpackedGzip(FileStream file, long most)
    {
        using GZipStream unpacked = new(file, CompressionMode.Decompress, leaveOpen: true);
        return Count(unpacked, most);
    }

    private static long UnpackedZip(FileStream file, long most)
    {
        using ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
        long bytes = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream unpacked = entry.Open();
            bytes += Count(unpacked, most - bytes);
            if (bytes > most)
            {
                break;
            }
        }

        return bytes;
    }

    private static long Count(Stream stream, long most)
    {
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        int read;
        while (bytes <= most && (read = stream.Read(buffer)) > 0)
        {
            bytes += read;
        }

        return bytes;
    }
}
