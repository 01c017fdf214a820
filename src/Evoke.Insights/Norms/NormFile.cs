using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Files;
using Evoke.Insights.Predictions;

namespace Evoke.Insights.Norms;

/// <summary>Norms as JSON files.</summary>
/// <remarks>Files are untrusted input. Thread-safe; of several writers of one file the last one wins.</remarks>
public static class NormFile
{
    /// <summary>Version of the layout.</summary>
    public const int Version = 1;

    private const string Format = "evoke.norms";
    private const long MostBytes = 1L << 28;

    /// <summary>Writes a norm. The same norm gives the same bytes.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(Norm norm, string path)
    {
        ArgumentNullException.ThrowIfNull(norm);
        AtomicFile.Write(path, stream =>
        {
            using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
            Write(norm, json);
        });
    }

    /// <summary>Reads a norm from the bytes of its file.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <exception cref="NormException">It is not a norm, is damaged, or is of a later version.</exception>
    public static Norm Parse(ReadOnlyMemory<byte> json, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            using JsonDocument document = JsonMembers.Parse(json);
            return NormOf(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw NotANorm(name, error);
        }
    }

    /// <summary>Reads a norm.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="NormException">It is not a norm, is damaged, or is of a later version.</exception>
    public static Norm Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            long bytes = new FileInfo(path).Length;
            return bytes > MostBytes
                ? throw NotANorm(path, new FormatException(string.Create(CultureInfo.InvariantCulture, $"expected at most {MostBytes} bytes; found {bytes}")))
                : Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static NormException NotANorm(string name, Exception error) =>
        new($"{name} is not a norm of 'evoke norms make': {PlainMessage.Of(error).TrimEnd('.')}.", error);

    private static void Write(Norm norm, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("name", norm.Name);
        json.WriteString("evoke", norm.Evoke);
        WriteModel(norm.Model, json);
        json.WriteNumber("count", norm.Videos.Length);
        json.WriteStartArray("videos");
        foreach (NormVideo video in norm.Videos)
        {
            json.WriteStartObject();
            json.WriteString("id", video.Id);
            json.WriteNumber("duration_seconds", video.DurationSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("measures");
        foreach ((string key, ImmutableArray<NormValue> values) in norm.Measures)
        {
            json.WriteStartObject(key);
            json.WritePropertyName("values");
            json.WriteRawValue($"[{string.Join(',', values.Select(one => one.Value.ToString("R", CultureInfo.InvariantCulture)))}]");
            json.WritePropertyName("videos");
            json.WriteRawValue($"[{string.Join(',', values.Select(one => one.Video))}]");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteModel(ModelIdentity model, Utf8JsonWriter json)
    {
        json.WriteStartObject("model");
        json.WriteString("name", model.Name);
        json.WriteString("sha256", model.Sha256);
        json.WriteStartArray("encoders");
        foreach (string encoder in model.Encoders)
        {
            json.WriteStringValue(encoder);
        }

        json.WriteEndArray();
        json.WriteStartArray("curves");
        foreach ((string name, CurveRange range) in model.Curves.Names.Zip(model.Curves.Ranges))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("low", range.Low);
            json.WriteNumber("high", range.High);
            json.WriteString("unit", range.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Norm NormOf(JsonElement json)
    {
        if (json.TextOr("format", "") is var format && format != Format)
        {
            throw new FormatException($"expected the format '{Format}'; found '{format}'");
        }

        if (json.Whole("version", 1, int.MaxValue) is var version && version > Version)
        {
            throw new FormatException($"its version is {version}; this Evoke ({EvokeVersion.Text}) reads up to {Version}");
        }

        ImmutableArray<NormVideo> videos =
        [
            .. json.Member("videos", JsonValueKind.Array).EnumerateArray()
                .Select(video => new NormVideo(video.Text("id"), video.Number("duration_seconds", 0))),
        ];
        return new Norm
        {
            Name = json.Text("name"),
            Evoke = json.Text("evoke"),
            Model = ModelOf(json.Member("model", JsonValueKind.Object)),
            Videos = videos,
            Measures = json.Member("measures", JsonValueKind.Object).EnumerateObject()
                .ToImmutableSortedDictionary(measure => measure.Name, measure => ValuesOf(measure.Name, measure.Value, videos.Length), StringComparer.Ordinal),
        };
    }

    private static ModelIdentity ModelOf(JsonElement json)
    {
        JsonElement[] curves = [.. json.Member("curves", JsonValueKind.Array).EnumerateArray()];
        string[] names = [.. curves.Select(curve => curve.Text("name"))];
        CurveRange[] ranges = [.. curves.Select(curve => new CurveRange(curve.Number("low"), curve.Number("high"), curve.TextOr("unit", "")))];
        bool isScheme = names.Length > 0 && !names.Any(string.IsNullOrWhiteSpace) && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length
            && ranges.All(range => range.FindMistake() is null);
        return new ModelIdentity
        {
            Name = json.Text("name"),
            Sha256 = json.TextOr("sha256", ""),
            Encoders = [.. json.Texts("encoders")],
            Curves = isScheme
                ? new EmotionScheme(names, ranges)
                : throw new FormatException("'curves' must have at least one curve, different names, and a range from a lower to a higher number for each"),
        };
    }

    private static ImmutableArray<NormValue> ValuesOf(string key, JsonElement json, int videos)
    {
        JsonElement values = json.Member("values", JsonValueKind.Array), of = json.Member("videos", JsonValueKind.Array);
        if (values.GetArrayLength() != of.GetArrayLength())
        {
            throw new FormatException($"'{key}' must have a video for each value; found {values.GetArrayLength()} values and {of.GetArrayLength()} videos");
        }

        ImmutableArray<NormValue> pairs =
        [
            .. values.EnumerateArray().Zip(of.EnumerateArray(), (value, video) => new NormValue(
                JsonMembers.NumberOf(value, $"a value of '{key}'"), (int)JsonMembers.NumberOf(video, $"a video of '{key}'", 0, videos - 1))),
        ];
        return pairs.Zip(pairs.Skip(1)).All(pair => pair.First.Value <= pair.Second.Value)
            ? pairs
            : throw new FormatException($"the values of '{key}' must be in ascending order");
    }
}
