using System.Globalization;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Files;

namespace Evoke.Datasets.Heatmaps;

/// <summary>
/// YouTube's "most replayed" curve, as yt-dlp writes it into its info JSON (<c>heatmap</c>: usually 100 parts, each with <c>start_time</c>, <c>end_time</c>
/// and a <c>value</c> from 0 to 1), as labels of one curve, <c>replayed</c>: what viewers did, not what they felt.
/// </summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ReplayHeatmap
{
    /// <summary>The name of the curve.</summary>
    public const string Curve = "replayed";

    private const string Ending = ".info.json";
    private const double LongestSeconds = 24 * 3600; // As for people's ratings: every step is a row.

    // The first release of yt-dlp whose info JSON has the field.
    private const string FirstVersion = "2023.06.21";

    /// <summary>The scheme of the labels.</summary>
    public static EmotionScheme Scheme { get; } = new([Curve]);

    /// <summary>Reads files, and all files <c>*.info.json</c> of folders and their subfolders.</summary>
    /// <param name="filesAndFolders">At least one.</param>
    /// <param name="rate">Labels per second.</param>
    /// <param name="cancellationToken">Cancels reading between two files.</param>
    /// <exception cref="FileReadException">A file or folder cannot be read.</exception>
    /// <exception cref="DatasetException">There is no file in a folder, or the rate is above 120 Hz.</exception>
    public static HeatmapReading Read(IEnumerable<string> filesAndFolders, Rate rate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filesAndFolders);
        LabelRate.ThrowIfTooFast(rate);
        Dictionary<string, LabelledVideo> videos = new(StringComparer.Ordinal);
        List<HeatmapFailure> failures = [];
        foreach (string path in filesAndFolders.SelectMany(FilesOf).Distinct(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                LabelledVideo video = ReadFile(path, rate);
                if (!videos.TryAdd(video.VideoId, video))
                {
                    failures.Add(new HeatmapFailure(path, $"{path}: expected each video once; '{video.VideoId}' was in a file before."));
                }
            }
            catch (DatasetException error)
            {
                failures.Add(new HeatmapFailure(path, error.Message));
            }
        }

        return new HeatmapReading([.. videos.Values], [.. failures]);
    }

    /// <summary>Reads one info JSON.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rate">Labels per second.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="DatasetException">It is not an info JSON, or has no heatmap; the message says why.</exception>
    public static LabelledVideo ReadFile(string path, Rate rate)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using JsonDocument document = Parse(path);
        try
        {
            return Read(path, document.RootElement, rate);
        }
        catch (InvalidOperationException error)
        {
            // Text or a key that is half of a pair of surrogates is found only where it is compared.
            throw new DatasetException($"{path}: expected yt-dlp's info JSON in Unicode; {error.Message}");
        }
    }

    private static LabelledVideo Read(string path, JsonElement info, Rate rate)
    {
        if (info.ValueKind != JsonValueKind.Object || !info.TryGetProperty("id", out JsonElement id)
            || TextOf(id) is not { Length: > 0 } video || video.Contains('\0', StringComparison.Ordinal))
        {
            throw new DatasetException($"{path}: expected yt-dlp's info JSON, an object with an id; found something else.");
        }

        return info.TryGetProperty("heatmap", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() > 0
            ? Labels(path, video, parts, rate)
            : throw new DatasetException(WhyNone(path, video, info));
    }

    private static LabelledVideo Labels(string path, string video, JsonElement parts, Rate rate)
    {
        List<(double Start, double End, float Value)> found = [];
        foreach (JsonElement part in parts.EnumerateArray())
        {
            (double start, double end, double value) = (Number(part, "start_time"), Number(part, "end_time"), Number(part, "value"));
            bool follows = start >= (found.Count > 0 ? found[^1].Start : 0) && end > start;
            if (!follows || value is not (>= 0 and <= 1))
            {
                throw new DatasetException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: expected parts in order with a value from 0 to 1; "
                    + $"part {found.Count + 1} of the heatmap is from {start} to {end} s with {value}."));
            }

            found.Add((start, end, (float)value));
        }

        if (found[^1].End > LongestSeconds)
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture, $"{path}: expected a heatmap of at most 24 hours; it ends at {found[^1].End} s."));
        }

        TimeGrid grid = TimeGrid.ForDuration(found[^1].End, rate);
        float[] values = new float[grid.Count];
        for (int step = 0, part = 0; step < values.Length; step++)
        {
            while (part < found.Count - 1 && grid.SecondsAt(step) >= found[part + 1].Start)
            {
                part++;
            }

            values[step] = found[part].Value;
        }

        return new LabelledVideo(video, new EmotionCurves(Scheme, grid, values));
    }

    private static double Number(JsonElement part, string key) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(key, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            ? number.GetDouble() : double.NaN;

    private static string? TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string WhyNone(string path, string video, JsonElement info)
    {
        string? version = info.TryGetProperty("_version", out JsonElement about) && about.ValueKind == JsonValueKind.Object
            && about.TryGetProperty("version", out JsonElement number) ? TextOf(number) : null;
        return version is not null && string.CompareOrdinal(version, FirstVersion) < 0
            ? $"{path}: expected a heatmap; yt-dlp {version} does not write it yet: use {FirstVersion} or later."
            : $"{path}: expected a heatmap; video '{video}' has none. YouTube shows one for videos with many views only.";
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: expected yt-dlp's info JSON, a whole JSON object; found a mistake in line {(error.LineNumber ?? 0) + 1}, "
                + $"byte {(error.BytePositionInLine ?? 0) + 1}. Is the file complete?"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        try
        {
            string[] files = [.. Directory.EnumerateFiles(path, "*" + Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            return files.Length > 0 ? files : throw new DatasetException($"{path}: expected files *{Ending}; found none.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
