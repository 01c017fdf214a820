using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Cli.Options;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Cli.Dataset;

/// <summary>The options that say how files of ratings are written.</summary>
internal sealed class RatingOptions
{
    private static readonly string[] s_columns = ["video", "rater", "time", "curve", "value"];
    private static readonly string[] s_layouts = ["long", "times", "raters"];
    private static readonly string[] s_units = ["s", "ms", "us", "clock"];

    private readonly PathOption<string?> _mapping = new("--mapping", PathRole.InputFile)
    {
        Description = "A YAML file that says the same as the options below; options override it (docs/ratings.md).",
        HelpName = "YAML",
    };

    private readonly Option<string[]> _columns = new("--column")
    {
        Description = "The column of the video, rater, time, curve or value, for example rater=Subject. May be repeated. Default: recognised by name.",
        HelpName = "KEY=COLUMN",
    };

    private readonly Option<string[]> _curves = new("--curve")
    {
        Description = "A curve, or a curve and its column: valence, valence=Val. May be repeated. Default: all columns of numbers that are nothing else.",
        HelpName = "CURVE[=COLUMN]",
    };

    private readonly Option<string?> _layout = Words(
        "--layout", "A row for each time (long), a column for each time (times), or a column for each rater (raters). Default: recognised.", s_layouts);

    private readonly Option<string?> _timeUnit = Words(
        "--time-unit", "How times are written: seconds, milliseconds, microseconds or hh:mm:ss.fff (clock). Default: recognised, and printed.", s_units);

    private readonly Option<double?> _sampling = NumberOptions.NumberOrNone("--sampling", "Rows per second of files without times (Hz).", "HZ", 1e-3, 1e5);

    private readonly Option<string?> _name = new("--name")
    {
        Description = "How the name of a file, with its folders or its sheet, says what no column says: '{rater}_{video}', '{video}/{rater}'. {*} is anything.",
        HelpName = "PATTERN",
    };

    private readonly Option<bool> _hold = new("--hold") { Description = "Values hold until the next one, because they were logged when they changed." };
    private readonly Option<bool> _fromFirst = new("--from-first") { Description = "Count the times of each trace from its first sample." };

    private readonly Option<string[]> _ranges = new("--range")
    {
        Description = "The scale that raters were given, for all curves or one: --range 1..9, --range=-1..1, --range valence=-1..1. May be repeated. "
            + "Default: recognised, and printed.",
        HelpName = "[CURVE=]LOW..HIGH",
    };

    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_mapping, _columns, _curves, _layout, _timeUnit, _sampling, _name, _hold, _fromFirst, _ranges])
        {
            verb.Add(option);
        }

        Check(_columns, text => KeyOf(text) is { } key && s_columns.Contains(key), $"KEY=COLUMN with one of the keys {string.Join(", ", s_columns)}");
        Check(_curves, text => text.Length > 0 && text[0] != '=' && text[^1] != '=', "CURVE or CURVE=COLUMN");
        Check(_ranges, text => RangeOf(text) is not null, "LOW..HIGH or CURVE=LOW..HIGH, for example -1..1");
        Check(_name, MappingFile.IsName, "a pattern with {video}, {rater} or {curve}, each at most once");
    }

    /// <summary>What the options and the mapping file say together.</summary>
    public RatingMapping MappingOf(VerbContext context)
    {
        RatingMapping file = context.Get(_mapping) is { } path ? MappingFile.Read(path) : new RatingMapping();
        Dictionary<string, string> columns = [];
        foreach (string text in context.Get(_columns) ?? [])
        {
            columns[KeyOf(text)!] = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        ImmutableArray<CurveColumn> curves = [.. (context.Get(_curves) ?? []).Select(CurveOf)];
        return file with
        {
            Video = columns.GetValueOrDefault("video") ?? file.Video,
            Rater = columns.GetValueOrDefault("rater") ?? file.Rater,
            Time = columns.GetValueOrDefault("time") ?? file.Time,
            Curve = columns.GetValueOrDefault("curve") ?? file.Curve,
            Value = columns.GetValueOrDefault("value") ?? file.Value,
            Curves = curves.IsEmpty ? file.Curves : curves,
            Layout = context.Get(_layout) is { } layout ? (TableLayout)Array.IndexOf(s_layouts, layout) : file.Layout,
            TimeUnit = context.Get(_timeUnit) is { } unit ? (TimeUnit)Array.IndexOf(s_units, unit) : file.TimeUnit,
            SamplingRate = context.Get(_sampling) ?? file.SamplingRate,
            Name = context.Get(_name) ?? file.Name,
            Hold = context.Get(_hold) || file.Hold,
            FromFirst = context.Get(_fromFirst) || file.FromFirst,
        };
    }

    /// <summary>The scales.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="mapping">What it and the mapping file say; options override the file.</param>
    public ImmutableArray<RatingRange> RangesOf(VerbContext context, RatingMapping mapping) =>
        [.. (context.Get(_ranges) is { Length: > 0 } given ? given.Select(text => RangeOf(text)!) : mapping.Ranges).OrderBy(range => range.Curve is null)];

    private static string? KeyOf(string text) => text.Split('=', 2) is [var key, { Length: > 0 }] ? key : null;

    private static CurveColumn CurveOf(string text) =>
        text.Split('=', 2) is [var curve, var column] ? new CurveColumn(curve, column) : new CurveColumn(text, text);

    private static RatingRange? RangeOf(string text)
    {
        int equals = text.LastIndexOf('=');
        return equals == 0 ? null : RatingRange.TryParse(text[(equals + 1)..], equals < 0 ? null : text[..equals]);
    }

    private static Option<string?> Words(string name, string description, string[] words)
    {
        Option<string?> option = new(name) { Description = description, HelpName = string.Join('|', words) };
        Check(option, words.Contains, $"{string.Join(", ", words[..^1])} or {words[^1]}");
        return option;
    }

    private static void Check(Option option, Func<string, bool> isRight, string expected) => option.Validators.Add(result =>
    {
        foreach (Token token in result.Tokens.Where(token => !isRight(token.Value)))
        {
            result.AddError($"{option.Name} takes {expected}; found '{token.Value}'.");
        }
    });
}
