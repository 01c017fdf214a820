using System.Text;
using Evoke.Files;

namespace Evoke.Experiments.Paper;

/// <summary>The tables as Markdown.</summary>
internal static class ReproductionMarkdown
{
    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(ReproductionReport report, string path)
    {
        byte[] text = Encoding.UTF8.GetBytes(Render(report));
        AtomicFile.Write(path, stream => stream.Write(text));
    }

    /// <summary>All tables.</summary>
    public static string Render(ReproductionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append("# The paper's tables, next to those measured here\n\n");
        foreach (string fact in report.Facts())
        {
            text.Append("* ").Append(fact).Append('\n');
        }

        foreach (ReproducedTable table in report.Tables)
        {
            Append(text, table);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReproducedTable table)
    {
        IReadOnlyList<TableColumn> columns = TableFormat.ColumnsOf(table);
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## Table {table.Number}. {table.Title}\n\n");
        AppendRow(text, columns.Select(column => column.Title).Prepend(table.RowTitle));
        AppendRow(text, columns.Select(_ => "---:").Prepend("---"));
        foreach (TableRow row in table.Rows)
        {
            AppendRow(text, columns.Select(column => column.Of(row)).Prepend(row.Name));
        }

        text.Append('\n');
        foreach (string note in ReproductionText.NotesOf(table))
        {
            text.Append("* ").Append(note).Append('\n');
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
