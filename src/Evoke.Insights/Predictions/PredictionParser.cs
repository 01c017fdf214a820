using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Predictions;

/// <summary>A prediction from its JSON. Whatever is wrong is a <see cref="FormatException"/>.</summary>
internal static class PredictionParser
{
    /// <summary>What the member <c>format</c> says.</summary>
    public const string Format = "evoke.prediction";
    private const int MostSteps = 1 << 26;
    private const double MostSeconds = 1e8;

    /// <summary>What the file is if it is no prediction; null if it is one.</summary>
    public static string? FindOtherFormat(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String ? "none"
        : format.GetString() is not Format and var other ? $"'{other}'" : null;

    public static PredictionDocument Parse(JsonElement json)
    {
        if (json.Whole("version", 1, int.MaxValue) is var version && version > JsonExport.Version)
        {
            throw new FormatException($"its version is {version}; this Evoke ({EvokeVersion.Text}) reads up to {JsonExport.Version}");
        }

        JsonElement video = json.Member("video", JsonValueKind.Object), model = json.Member("model", JsonValueKind.Object);
        EmotionScheme scheme = SchemeOf(json);
        TimeGrid grid = new(RateOf(json), json.Whole("steps", 0, MostSteps / scheme.Count));
        return new PredictionDocument
        {
            VideoId = video.Text("id"),
            SourceName = video.Text("source"),
            DurationSeconds = video.Number("duration_seconds", 0, MostSeconds),
            ModelName = model.Text("name"),
            ModelRecipe = model.TextOr("recipe", ""),
            ModelSha256 = model.TextOr("sha256", ""),
            ModelDescription = model.TextOr("description", ""),
            Encoders = [.. model.Texts("encoders")],
            Curves = CurvesOf(json.Member("curves", JsonValueKind.Object), scheme, grid),
            StandardDeviation = json.Optional("standard_deviation", JsonValueKind.Object) is { } spread ? CurvesOf(spread, scheme, grid) : null,
            Film = json.Optional("film", JsonValueKind.Object) is { } film ? FilmOf(film) : null,
            StrongestOrigin = json.Optional("strongest_origin", JsonValueKind.Object) is { } origin
                ? new MomentOrigin(origin.Number("from_picture"), origin.Number("from_sound"))
                : null,
            Warnings = [.. json.Texts("warnings")],
        };
    }

    private static Rate RateOf(JsonElement json) => Rate.TryCreate(json.Number("rate_hz"), out Rate rate)
        ? rate
        : throw new FormatException($"'rate_hz' must be above 0; found {json.GetProperty("rate_hz").GetRawText()}");

    private static EmotionScheme SchemeOf(JsonElement json)
    {
        string[] names = [.. json.Texts("emotions")];
        JsonElement ranges = json.Member("ranges", JsonValueKind.Object);
        string? mistake = names.Length == 0 ? "'emotions' must have at least one name; found none"
            : names.Any(string.IsNullOrWhiteSpace) ? "'emotions' has an empty name"
            : names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length ? "'emotions' has a name twice" : null;
        return mistake is null ? new EmotionScheme(names, names.Select(name => RangeOf(ranges, name))) : throw new FormatException(mistake);
    }

    private static CurveRange RangeOf(JsonElement ranges, string name)
    {
        JsonElement json = ranges.Member(name, JsonValueKind.Object);
        CurveRange range = new(json.Number("low"), json.Number("high"), json.TextOr("unit", ""));
        return range.FindMistake() is { } mistake ? throw new FormatException($"the range of '{name}': {mistake}") : range;
    }

    private static EmotionCurves CurvesOf(JsonElement json, EmotionScheme scheme, TimeGrid grid)
    {
        float[] values = new float[grid.Count * scheme.Count];
        for (int column = 0; column < scheme.Count; column++)
        {
            JsonElement curve = json.Member(scheme.Names[column], JsonValueKind.Array);
            if (curve.GetArrayLength() != grid.Count)
            {
                throw new FormatException($"the curve '{scheme.Names[column]}' must have {grid.Count} values; found {curve.GetArrayLength()}");
            }

            int at = column;
            foreach (JsonElement value in curve.EnumerateArray())
            {
                values[at] = value.ValueKind == JsonValueKind.Null ? float.NaN
                    : (float)JsonMembers.NumberOf(value, $"a value of '{scheme.Names[column]}'", float.MinValue, float.MaxValue);
                at += scheme.Count;
            }
        }

        return new EmotionCurves(scheme, grid, values);
    }

    private static FilmTrack FilmOf(JsonElement json)
    {
        ImmutableArray<int>? cuts = json.Optional("cut_steps", JsonValueKind.Array) is { } steps ? [.. StepsOf(steps)] : null;
        FilmTrack film = new(RateOf(json), cuts, NumbersOf(json, "loudness_db", -1000, 1000)) { Speech = NumbersOf(json, "speech_share", 0, 1) };
        return cuts is null ? film : film with { CutCount = json.Whole("cuts", cuts.Value.Length, int.MaxValue) };
    }

    private static ImmutableArray<double>? NumbersOf(JsonElement json, string name, double least, double most) =>
        json.Optional(name, JsonValueKind.Array) is { } values
            ? [.. values.EnumerateArray().Select(value => JsonMembers.NumberOf(value, $"a value of '{name}'", least, most))]
            : null;

    private static IEnumerable<int> StepsOf(JsonElement json)
    {
        int last = -1;
        foreach (JsonElement value in json.EnumerateArray())
        {
            last = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int step) && step > last
                ? step
                : throw new FormatException("'cut_steps' must be ascending whole numbers from 0");
            yield return last;
        }
    }
}
