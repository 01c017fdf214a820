using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>The JSON file beside a CSV file that says what its columns cannot: ranges, units, what a row of zeros means, what the timestamps count.</summary>
/// <remarks>
/// <c>train.csv</c> is described by <c>train.scheme.json</c>; without that file every curve is from 0 to 1. The keys are <c>range</c>, <c>unit</c> (for all
/// curves), <c>curves</c> (for single curves, by name in any case), <c>zero_rows_are_missing</c> and <c>timestamps</c>. All are optional, others are errors.
/// Immutable and thread-safe.
/// </remarks>
public sealed partial class SchemeFile
{
    private const string Ending = ".scheme.json";
    private const string CsvEnding = ".csv";

    // A scheme of a thousand curves is 60 kB.
    private const long MostBytes = 1 << 20;

    private static readonly SchemeJson s_json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter<TimestampUnit>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    });

    private readonly string _path;
    private readonly Content _content;

    private SchemeFile(string path, Content content) => (_path, _content) = (path, content);

    /// <summary>What the timestamps count; null if the file does not say.</summary>
    public TimestampUnit? Timestamps => _content.Timestamps;

    /// <summary>The path of the description of a CSV file: the same name with the ending <c>.scheme.json</c>.</summary>
    public static string PathFor(string csv)
    {
        ArgumentException.ThrowIfNullOrEmpty(csv);
        return (csv.EndsWith(CsvEnding, StringComparison.OrdinalIgnoreCase) ? csv[..^CsvEnding.Length] : csv) + Ending;
    }

    /// <summary>Reads the description of a CSV file; null if there is none.</summary>
    /// <exception cref="FileReadException">It cannot be read.</exception>
    /// <exception cref="SchemeFileException">It is not valid.</exception>
    public static SchemeFile? Find(string csv)
    {
        string path = PathFor(csv);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            long bytes = new FileInfo(path).Length;
            return bytes > MostBytes
                ? throw new SchemeFileException(path, string.Create(CultureInfo.InvariantCulture, $"expected at most {MostBytes} bytes; found {bytes}."))
                : new SchemeFile(path, JsonSerializer.Deserialize(File.ReadAllBytes(path), s_json.Content) ?? new Content());
        }
        catch (JsonException error)
        {
            throw new SchemeFileException(path, $"it is not a valid description of columns: {PlainMessage.Of(error)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    /// <summary>Writes the description of a CSV file, or removes one that is there if the scheme follows from the names of its curves.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string csv, EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        string path = PathFor(csv);
        if (scheme.FollowsFromNames && !File.Exists(path))
        {
            return;
        }

        AtomicFile.Write(path, stream => Write(stream, scheme));
    }

    /// <summary>Writes the description of a CSV file to a stream, which is left open.</summary>
    public static void Write(Stream stream, EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(scheme);
        Content content = new()
        {
            Curves = scheme.Names.Zip(scheme.Ranges).ToDictionary(
                curve => curve.First, curve => new Curve { Range = [curve.Second.Low, curve.Second.High], Unit = curve.Second.Unit }, StringComparer.Ordinal),
            ZeroRowsAreMissing = scheme.ZeroRowsAreMissing,
        };
        JsonSerializer.Serialize(stream, content, s_json.Content);
    }

    /// <summary>The scheme of the columns with these names.</summary>
    /// <exception cref="SchemeFileException">A range is not valid, or the file describes a curve that is not there.</exception>
    /// <exception cref="ArgumentException">The names are not those of a scheme.</exception>
    internal EmotionScheme Of(EmotionScheme names)
    {
        Dictionary<string, Curve> curves = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, Curve curve) in _content.Curves ?? [])
        {
            if (names.IndexOf(name) < 0)
            {
                throw new SchemeFileException(_path, $"curves: there is no column '{name}'; the file has {string.Join(", ", names.Names)}.");
            }

            if (!curves.TryAdd(name, curve))
            {
                throw new SchemeFileException(_path, $"curves: '{name}' appears twice.");
            }
        }

        return new EmotionScheme(names.Names, names.Names.Select(name => RangeOf(name, curves.GetValueOrDefault(name))), _content.ZeroRowsAreMissing);
    }

    private CurveRange RangeOf(string name, Curve? curve)
    {
        double[] ends = curve?.Range ?? _content.Range ?? [0, 1];
        if (ends.Length != 2)
        {
            throw new SchemeFileException(
                _path, string.Create(CultureInfo.InvariantCulture, $"the range of '{name}' must be two numbers such as [-1, 1]; found {ends.Length}."));
        }

        CurveRange range = new(ends[0], ends[1], (curve?.Unit ?? _content.Unit ?? "").Trim());
        return range.FindMistake() is { } mistake ? throw new SchemeFileException(_path, $"the range of '{name}': {mistake}.") : range;
    }

    private sealed record Content
    {
        public double[]? Range { get; init; }

        public string? Unit { get; init; }

        public Dictionary<string, Curve>? Curves { get; init; }

        public bool? ZeroRowsAreMissing { get; init; }

        public TimestampUnit? Timestamps { get; init; }
    }

    private sealed record Curve
    {
        public double[]? Range { get; init; }

        public string? Unit { get; init; }
    }

    [JsonSerializable(typeof(Content))]
    private sealed partial class SchemeJson : JsonSerializerContext;
}
