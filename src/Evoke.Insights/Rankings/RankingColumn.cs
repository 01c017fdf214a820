using System.Collections.Immutable;

namespace Evoke.Insights.Rankings;

/// <summary>What the values of a column are.</summary>
public enum RankingColumnKind
{
    /// <summary>Text; never missing, but it may be empty.</summary>
    Text,

    /// <summary>Whole numbers; one may be missing.</summary>
    Whole,

    /// <summary>Numbers, finite; one may be missing.</summary>
    Number,
}

/// <summary>A column of a ranking: a value, or nothing, for each row. docs/rank.md defines each.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RankingColumn
{
    private RankingColumn(string key, RankingColumnKind kind, string unit, ImmutableArray<string> texts, ImmutableArray<double?> numbers) =>
        (Key, Kind, Unit, Texts, Numbers) = (key, kind, unit, texts, numbers);

    /// <summary>Its name in files, which never changes its meaning: <c>mean.arousal</c>.</summary>
    public string Key { get; }

    /// <summary>What its values are.</summary>
    public RankingColumnKind Kind { get; }

    /// <summary>What numbers are measured in: "s", "dB"; empty if they have no unit.</summary>
    public string Unit { get; }

    /// <summary>The values of a column of text: [rows]; empty for numbers.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>The values of a column of numbers: [rows], null where one is missing; empty for text.</summary>
    public ImmutableArray<double?> Numbers { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Kind == RankingColumnKind.Text ? Texts.Length : Numbers.Length;

    /// <summary>A column of text.</summary>
    public static RankingColumn OfTexts(string key, IEnumerable<string> values) => new(key, RankingColumnKind.Text, "", [.. values], []);

    /// <summary>A column of whole numbers.</summary>
    public static RankingColumn OfWholes(string key, IEnumerable<int?> values, string unit = "") =>
        new(key, RankingColumnKind.Whole, unit, [], [.. values.Select(value => (double?)value)]);

    /// <summary>A column of numbers.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="values">Finite numbers, or null where one is missing.</param>
    /// <param name="unit">What they are measured in.</param>
    public static RankingColumn OfNumbers(string key, IEnumerable<double?> values, string unit = "") =>
        new(key, RankingColumnKind.Number, unit, [], [.. values]);

    /// <summary>Some of the rows, in the given order.</summary>
    internal RankingColumn Rows(IReadOnlyList<int> rows) => Kind == RankingColumnKind.Text
        ? new(Key, Kind, Unit, [.. rows.Select(row => Texts[row])], [])
        : new(Key, Kind, Unit, [], [.. rows.Select(row => Numbers[row])]);
}
