using System.Collections.Immutable;
using Evoke.Files.Text;

namespace Evoke.Insights.Rankings;

/// <summary>A table of videos, or of scenes, with a column for each of their numbers.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RankingTable
{
    internal const string Rank = "rank";

    private readonly Dictionary<string, RankingColumn> _byKey;

    internal RankingTable(IEnumerable<RankingColumn> columns)
    {
        Columns = [.. columns];
        _byKey = Columns.ToDictionary(column => column.Key, StringComparer.Ordinal);
        Count = Columns[0].Count;
    }

    /// <summary>The columns, in the order of files.</summary>
    public ImmutableArray<RankingColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>A column by its name.</summary>
    /// <exception cref="RankingException">There is none of this name; the message suggests one.</exception>
    public RankingColumn this[string key] => _byKey.GetValueOrDefault(key)
        ?? throw new RankingException(Spelling.Nearest(key, _byKey.Keys) is { } nearest
            ? $"There is no column '{key}'; did you mean '{nearest}'?"
            : $"There is no column '{key}'; the columns are: {string.Join(", ", _byKey.Keys)}.");

    /// <summary>True if there is a column of this name.</summary>
    public bool Has(string key) => _byKey.ContainsKey(key);

    /// <summary>The rows in the order of a column, with their places in the column <c>rank</c>: the first is 1, equal values have equal places. Rows without a
    /// value come last and have no place; equal rows stay in their order.</summary>
    /// <param name="key">The column.</param>
    /// <param name="ascending">True for the lowest value, or the first text, first.</param>
    /// <exception cref="RankingException">There is no such column.</exception>
    public RankingTable RankedBy(string key, bool ascending)
    {
        RankingColumn column = this[key];
        int[] rows = [.. Enumerable.Range(0, Count)];
        int[] sorted = [.. column.Kind != RankingColumnKind.Text
            ? rows.OrderBy(row => column.Numbers[row] is null).ThenBy(row => (ascending ? 1 : -1) * (column.Numbers[row] ?? 0))
            : ascending ? rows.OrderBy(row => column.Texts[row], StringComparer.Ordinal)
            : rows.OrderByDescending(row => column.Texts[row], StringComparer.Ordinal)];
        return new RankingTable(
            [RankingColumn.OfWholes(Rank, PlacesOf(column, sorted)), .. Columns.Where(other => other.Key != Rank).Select(other => other.Rows(sorted))]);
    }

    /// <summary>The rows that meet a condition.</summary>
    /// <exception cref="RankingException">There is no such column, or the condition does not suit it.</exception>
    public RankingTable Where(RankingCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        Func<int, bool> holds = condition.For(this[condition.Column]);
        return Rows([.. Enumerable.Range(0, Count).Where(holds)]);
    }

    /// <summary>The first rows.</summary>
    public RankingTable Top(int rows) => rows >= Count ? this : Rows([.. Enumerable.Range(0, rows)]);

    /// <summary>The rows whose text in a column is one of some, in the order of these texts.</summary>
    internal RankingTable InOrderOf(string key, IEnumerable<string> texts)
    {
        ILookup<string, int> rows = Enumerable.Range(0, Count).ToLookup(row => this[key].Texts[row], StringComparer.Ordinal);
        return Rows([.. texts.Distinct(StringComparer.Ordinal).SelectMany(text => rows[text])]);
    }

    private RankingTable Rows(IReadOnlyList<int> rows) => new(Columns.Select(column => column.Rows(rows)));

    private static IEnumerable<int?> PlacesOf(RankingColumn column, int[] sorted)
    {
        int place = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            place = i > 0 && AreEqual(column, sorted[i], sorted[i - 1]) ? place : i + 1;
            yield return column.Kind != RankingColumnKind.Text && column.Numbers[sorted[i]] is null ? null : place;
        }
    }

    private static bool AreEqual(RankingColumn column, int row, int other) => column.Kind == RankingColumnKind.Text
        ? string.Equals(column.Texts[row], column.Texts[other], StringComparison.Ordinal)
        : column.Numbers[row] == column.Numbers[other];
}
