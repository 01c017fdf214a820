using System.IO.Compression;
using System.Text;
using Evoke.Files;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Writes the exports of many videos as one ZIP file, one video after the other, so that no more than one is in memory.</summary>
internal sealed class ExportArchive(ResultTable results, ResultExports exports)
{
    private const string Forbidden = "<>:\"/\\|?*"; // in the names of files on one system or another
    private const string Missing = "not exported.txt";

    /// <summary>Writes the archive. What cannot be exported is listed in it, in <c>not exported.txt</c>.</summary>
    /// <param name="videos">The videos.</param>
    /// <param name="formats">Some of <see cref="ExportFormats.All"/>.</param>
    /// <param name="model">Only results from this model; null for the newest result of each video.</param>
    /// <param name="stream">Where it is written to; it need not be seekable.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WriteAsync(
        IReadOnlyList<VideoRecord> videos, IReadOnlyList<string> formats, string? model, Stream stream, CancellationToken cancellation)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { System.IO.Path.GetFileNameWithoutExtension(Missing) };
        List<string> missing = [];
        ZipArchive archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation).ConfigureAwait(false);
        await using (archive.ConfigureAwait(false))
        {
            foreach (VideoRecord video in videos)
            {
                string name = Unique(video.Stem, names);
                if (results.Find(video.Id, model) is not ResultRecord result)
                {
                    missing.Add($"{video.Name}: no result{(model is null ? string.Empty : $" from the model '{model}'")} yet.");
                    continue;
                }

                // A CSV file whose columns are from 0 to 1 needs no scheme.
                foreach (string format in formats.Where(format => format != "scheme" || !result.ToScheme().FollowsFromNames))
                {
                    await AddAsync(archive, video, result, format, name, missing, cancellation).ConfigureAwait(false);
                }
            }

            if (missing.Count > 0)
            {
                await AddAsync(archive, Missing, Encoding.UTF8.GetBytes(string.Join('\n', missing) + "\n"), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task AddAsync(
        ZipArchive archive, VideoRecord video, ResultRecord result, string format, string name, List<string> missing, CancellationToken cancellation)
    {
        (byte[] Bytes, string Type, string Ending) made;
        try
        {
            made = await exports.MakeAsync(video, result, format, ownTimecode: false, norm: null, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (ItemFailure.Of(video.Path, error) is { } failure)
        {
            missing.Add($"{video.Name}, {format}: {failure.Message}");
            return;
        }

        await AddAsync(archive, name + made.Ending, made.Bytes, cancellation).ConfigureAwait(false);
    }

    private static async Task AddAsync(ZipArchive archive, string name, byte[] bytes, CancellationToken cancellation)
    {
        Stream entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation).ConfigureAwait(false);
        await using (entry.ConfigureAwait(false))
        {
            await entry.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        }
    }

    private static string Unique(string stem, HashSet<string> names)
    {
        string safe = string.Concat(stem.Select(c => char.IsControl(c) || Forbidden.Contains(c, StringComparison.Ordinal) ? '_' : c)).Trim(' ', '.');
        string wanted = safe.Length == 0 ? "video" : safe;
        string name = wanted;
        for (int copy = 2; !names.Add(name); copy++)
        {
            name = $"{wanted} ({copy})";
        }

        return name;
    }
}
