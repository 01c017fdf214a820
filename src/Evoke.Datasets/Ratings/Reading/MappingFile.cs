using System.Collections.Immutable;
using System.Globalization;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;
using Evoke.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Reads a <see cref="RatingMapping"/> from a small YAML file.</summary>
/// <remarks>
/// Keys: video, rater, time, curve, value (names of columns), curves (a list of names of columns, or names of curves with their columns), range
/// (LOW..HIGH, or curves with theirs), layout (long, times, raters), time_unit (s, ms, us, clock), sampling (Hz), name (a pattern), hold and from_first
/// (true, false). All are optional. Thread-safe: without state.
/// </remarks>
public static class MappingFile
{
    private const string Keys = "video, rater, time, curve, value, curves, range, layout, time_unit, sampling, name, hold, from_first";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="RatingFilesException">The file is not YAML, or a key or value is wrong; all mistakes are listed.</exception>
    public static RatingMapping Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        MistakeList mistakes = new();
        RatingMapping mapping = new();
        foreach ((YamlNode key, YamlNode value) in Load(path).Children)
        {
            mapping = With(
                mapping, YamlMistakes.KeyOf(key), value, (expected, found) => mistakes.Add(new RatingPlace(path, null, value.Start.Line), expected, found));
        }

        mistakes.ThrowIfAny();
        return mapping;
    }

    /// <summary>True for a pattern of names: "{rater}_{video}".</summary>
    public static bool IsName(string pattern) => NamePattern.TryParse(pattern ?? "") is not null;

    private static RatingMapping With(RatingMapping mapping, string key, YamlNode value, Action<string, string> wrong)
    {
        string text = (value as YamlScalarNode)?.Value?.Trim() ?? "";
        if (key == "curves")
        {
            return Curves(value) is { } curves
                ? mapping with { Curves = curves }
                : Wrong("curves: a list of columns, or curves with their columns", "something else");
        }

        if (key == "range")
        {
            return Ranges(value) is { } ranges
                ? mapping with { Ranges = ranges }
                : Wrong("range: LOW..HIGH, such as -1..1, or curves with their ranges", text.Length > 0 ? $"'{text}'" : "something else");
        }

        if (text.Length == 0)
        {
            return Wrong($"{key}: one value", "none");
        }

        return key switch
        {
            "video" => mapping with { Video = text },
            "rater" => mapping with { Rater = text },
            "time" => mapping with { Time = text },
            "curve" => mapping with { Curve = text },
            "value" => mapping with { Value = text },
            "name" => NamePattern.TryParse(text) is null ? Wrong("name: a pattern such as '{rater}_{video}'", $"'{text}'") : mapping with { Name = text },
            "layout" => LayoutOf(text) is { } layout ? mapping with { Layout = layout } : Wrong("layout: long, times or raters", $"'{text}'"),
            "time_unit" => CellText.UnitOf(text) is { } unit ? mapping with { TimeUnit = unit } : Wrong("time_unit: s, ms, us or clock", $"'{text}'"),
            "sampling" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and < double.PositiveInfinity
                ? mapping with { SamplingRate = rate } : Wrong("sampling: samples per second, above 0", $"'{text}'"),
            "hold" when text is "true" or "false" => mapping with { Hold = text == "true" },
            "from_first" when text is "true" or "false" => mapping with { FromFirst = text == "true" },
            "hold" or "from_first" => Wrong($"{key}: true or false", $"'{text}'"),
            _ => Wrong($"one of the keys {Keys}", $"'{key}'"),
        };

        RatingMapping Wrong(string expected, string found)
        {
            wrong(expected, found);
            return mapping;
        }
    }

    private static TableLayout? LayoutOf(string text) => text switch
    {
        "long" => TableLayout.Rows,
        "times" => TableLayout.Times,
        "raters" => TableLayout.Raters,
        _ => null,
    };

    private static ImmutableArray<CurveColumn>? Curves(YamlNode node) => node switch
    {
        YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode { Value.Length: > 0 }) =>
            [.. list.Children.Cast<YamlScalarNode>().Select(name => new CurveColumn(name.Value!, name.Value!))],
        YamlMappingNode named when named.Children.All(child =>
            child is { Key: YamlScalarNode { Value.Length: > 0 }, Value: YamlScalarNode { Value.Length: > 0 } }) =>
            [.. named.Children.Select(child => new CurveColumn(((YamlScalarNode)child.Key).Value!, ((YamlScalarNode)child.Value).Value!))],
        _ => null,
    };

    private static ImmutableArray<RatingRange>? Ranges(YamlNode node)
    {
        RatingRange?[] ranges = node switch
        {
            YamlScalarNode { Value: { } all } => [RatingRange.TryParse(all)],
            YamlMappingNode named => [.. named.Children.Select(child =>
                child is { Key: YamlScalarNode { Value.Length: > 0 } curve, Value: YamlScalarNode { Value: { } own } }
                    ? RatingRange.TryParse(own, curve.Value) : null)],
            _ => [null],
        };
        return ranges.All(range => range is not null) ? [.. ranges.OfType<RatingRange>()] : null;
    }

    private static YamlMappingNode Load(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            return YamlText.ReadKeys(reader, mistake => new RatingFilesException(new RatingPlace(path), "YAML", mistake.TrimEnd('.')));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
