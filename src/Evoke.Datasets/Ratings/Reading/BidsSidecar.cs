using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>What the JSON files of BIDS say of a recording without header: those beside it and above it whose entities are among its own; the nearest
/// wins.</summary>
/// <param name="SamplingFrequency">Samples per second (Hz); null if no file says it.</param>
/// <param name="StartTime">The time of the first sample in seconds.</param>
/// <param name="Columns">The names of the columns; empty if no file says them.</param>
internal sealed record BidsSidecar(double? SamplingFrequency, double StartTime, ImmutableArray<string> Columns)
{
    private const string Root = "dataset_description.json";
    private const int MostLevels = 6;

    private static readonly JsonDocumentOptions s_json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads what applies to a file.</summary>
    /// <exception cref="RatingFilesException">A JSON file is damaged, or a value in it has the wrong type.</exception>
    public static BidsSidecar Of(string path)
    {
        BidsSidecar found = new(null, 0, []);
        foreach (string json in FilesFor(path).AsEnumerable().Reverse())
        {
            found = found.With(json);
        }

        return found;
    }

    // Nearest first.
    private static List<string> FilesFor(string path)
    {
        BidsName own = BidsName.Of(path);
        string stem = NamePattern.StemOf(path);
        List<string> found = [];
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        for (int level = 0; folder is not null && level < MostLevels; level++, folder = Path.GetDirectoryName(folder))
        {
            found.AddRange(Directory.GetFiles(folder, "*.json").Where(json => Applies(json, stem, own))
                .OrderByDescending(json => BidsName.Of(json).Entities.Count).ThenBy(json => json, StringComparer.Ordinal));
            if (File.Exists(Path.Combine(folder, Root)) || own.Entities.Count == 0)
            {
                break;
            }
        }

        return found;
    }

    private static bool Applies(string json, string stem, BidsName own)
    {
        string known = NamePattern.StemOf(json);
        if (known == stem || (known == own.Suffix && known.Length > 0))
        {
            return true;
        }

        BidsName name = BidsName.Of(json);
        return name.Suffix == own.Suffix && name.Entities.Count > 0
            && name.Entities.All(entity => own.Entities.GetValueOrDefault(entity.Key) == entity.Value);
    }

    private BidsSidecar With(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json), s_json);
            JsonElement root = document.RootElement;
            return new BidsSidecar(
                root.TryGetProperty(nameof(SamplingFrequency), out JsonElement frequency) ? frequency.GetDouble() : SamplingFrequency,
                root.TryGetProperty(nameof(StartTime), out JsonElement start) ? start.GetDouble() : StartTime,
                root.TryGetProperty(nameof(Columns), out JsonElement columns) ? [.. columns.EnumerateArray().Select(name => name.GetString() ?? "")] : Columns);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new RatingFilesException(
                new RatingPlace(json),
                "JSON with a number SamplingFrequency, a number StartTime and a list Columns",
                PlainMessage.Of(error).TrimEnd('.'),
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(json, error);
        }
    }
}
