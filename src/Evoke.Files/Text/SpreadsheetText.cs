using System.Buffers;

namespace Evoke.Files.Text;

/// <summary>
/// Text in the cells of tables that people open in a spreadsheet, which runs a cell as a formula if it begins with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>,
/// or with a tab or line break before one of them. Such text gets an apostrophe in front, by which spreadsheets know plain text. Text that already has
/// apostrophes there gets one more, so that <see cref="Unescape"/> gives back exactly what was written.
/// </summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class SpreadsheetText
{
    private static readonly SearchValues<char> s_runs = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>The text as it is written into a cell.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsAtRisk(text) ? "'" + text : text;
    }

    /// <summary>The text of a cell that <see cref="Escape"/> wrote; a cell from elsewhere stays as it is.</summary>
    public static string Unescape(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.StartsWith('\'') && IsAtRisk(cell) ? cell[1..] : cell;
    }

    private static bool IsAtRisk(string text)
    {
        int first = text.AsSpan().IndexOfAnyExcept('\'');
        return first >= 0 && s_runs.Contains(text[first]);
    }
}
