using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Splits;

/// <summary>
/// Which videos belong together: all clips of one film, for example. Videos of a group are not independent of each other, so they stay in one part of a
/// split, and intervals are over groups. Immutable and thread-safe.
/// </summary>
public sealed class VideoGroups
{
    private const int NamesInMessages = 5;
    private const string UsualColumn = "group";
    private static readonly TimeSpan s_longestMatch = TimeSpan.FromSeconds(1);

    private readonly Func<string, string?> _find;

    private VideoGroups(string description, Func<string, string?> find) => (Description, _find) = (description, find);

    /// <summary>Every video on its own.</summary>
    public static VideoGroups None { get; } = new("each video on its own", id => id);

    /// <summary>One line for display: "by the pattern (.*)_clip\d+".</summary>
    public string Description { get; }

    /// <summary>True if every video is on its own.</summary>
    public bool IsNone => this == None;

    /// <summary>Groups by a part of the id.</summary>
    /// <param name="pattern">A regular expression: the group is what its first parentheses match, or all that it matches if it has none.</param>
    /// <exception cref="DatasetException">The pattern is not a regular expression.</exception>
    public static VideoGroups ByPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            Regex regex = new(pattern, RegexOptions.CultureInvariant, s_longestMatch);
            return new(
                $"by the pattern {pattern}",
                id => regex.Match(id) is { Success: true } match ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : null);
        }
        catch (RegexParseException error)
        {
            throw new DatasetException($"The pattern of groups must be a regular expression, for example (.*)_clip\\d+; found '{pattern}': {error.Message}");
        }
    }

    /// <summary>Groups by a column of a table whose first column has the ids of the videos.</summary>
    /// <param name="path">A CSV or TSV file with a header.</param>
    /// <param name="column">The column's name in any case; null for <c>group</c>, or the second of two columns.</param>
    /// <exception cref="DatasetException">There is no such column, a cell is empty, or a video has two groups.</exception>
    /// <exception cref="EvokeException">The file cannot be read.</exception>
    public static VideoGroups FromTable(string path, string? column = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SourceTable table = DelimitedTables.Open(path);
        int at = ColumnOf(table, column);
        Dictionary<string, string> groups = new(StringComparer.Ordinal);
        foreach (SourceRow row in table.Rows)
        {
            string id = row.Cells[0], group = at < row.Cells.Length ? row.Cells[at] : "";
            if (id.Length == 0 || group.Length == 0)
            {
                throw new DatasetException($"{path}, line {row.Number}: expected a video and its {table.Header[at]}; found '{id}' and '{group}'.");
            }

            if (!groups.TryAdd(id, group) && groups[id] != group)
            {
                throw new DatasetException($"{path}, line {row.Number}: video '{id}' is in '{groups[id]}' above and in '{group}' here.");
            }
        }

        return new($"by the column {table.Header[at]} of {Path.GetFileName(path)}", groups.GetValueOrDefault);
    }

    /// <summary>The group of each video, in the given order.</summary>
    /// <exception cref="DatasetException">Videos have no group; the message names them.</exception>
    public ImmutableArray<string> Of(IEnumerable<string> videoIds)
    {
        ArgumentNullException.ThrowIfNull(videoIds);
        string[] ids = [.. videoIds];
        string?[] groups = Array.ConvertAll(ids, id => Find(id));
        string[] without = [.. ids.Where((_, i) => string.IsNullOrEmpty(groups[i]))];
        return without.Length == 0
            ? [.. groups.Select(group => group!)]
            : throw new DatasetException(
                $"Groups {Description}: expected a group for each video; {without.Length} of {ids.Length} have none "
                + $"({string.Join(", ", without.Take(NamesInMessages))}{(without.Length > NamesInMessages ? ", …" : "")}).");
    }

    private string? Find(string id)
    {
        try
        {
            return _find(id);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new DatasetException($"Groups {Description}: the pattern takes too long to match the id '{id}'; use a simpler one.");
        }
    }

    private static int ColumnOf(SourceTable table, string? column)
    {
        int at = Enumerable.Range(0, table.Header.Length).FirstOrDefault(
            i => string.Equals(table.Header[i], column ?? UsualColumn, StringComparison.OrdinalIgnoreCase), -1);
        return at >= 0 ? at
            : column is null && table.Header.Length == 2 ? 1
            : throw new DatasetException(
                $"{table.File}: expected a column '{column ?? UsualColumn}' beside the ids of the videos; the columns are {string.Join(", ", table.Header)}.");
    }
}
