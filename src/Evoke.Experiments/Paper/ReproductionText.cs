using System.Text;

namespace Evoke.Experiments.Paper;

/// <summary>The tables for a terminal.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ReproductionText
{
    private const string Gap = "  ";

    /// <summary>All tables.</summary>
    public static string Render(ReproductionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        foreach (ReproducedTable table in report.Tables)
        {
            Append(text, table);
            text.AppendLine();
        }

        foreach (string fact in report.Facts())
        {
            text.AppendLine(fact);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReproducedTable table)
    {
        IReadOnlyList<TableColumn> columns = TableFormat.ColumnsOf(table);
        int names = Math.Max(table.RowTitle.Length, table.Rows.Max(row => row.Name.Length));
        int[] widths = [.. columns.Select(column => Math.Max(column.Title.Length, table.Rows.Max(row => column.Of(row).Length)))];
        text.AppendLine(FormattableString.Invariant($"Table {table.Number}. {table.Title}"));
        AppendLine(text, table.RowTitle.PadRight(names), columns.Select((column, i) => column.Title.PadLeft(widths[i])));
        foreach (TableRow row in table.Rows)
        {
            AppendLine(text, row.Name.PadRight(names), columns.Select((column, i) => column.Of(row).PadLeft(widths[i])));
        }

        foreach (string note in NotesOf(table))
        {
            text.AppendLine(note);
        }
    }

    /// <summary>The notes below a table, in every output.</summary>
    internal static IEnumerable<string> NotesOf(ReproducedTable table) =>
        [.. TableFormat.OrdersOf(table), .. table.Notes, .. table.Rows.Where(row => row.Missing is not null).Select(row => $"{row.Name}: {row.Missing}")];

    private static void AppendLine(StringBuilder text, string name, IEnumerable<string> cells) =>
        text.AppendLine(string.Join(Gap, cells.Prepend(name)).TrimEnd());
}
