using System.Globalization;
using System.Net;
using System.Text;
using Evoke.Files;
using Evoke.Pages;

namespace Evoke.Experiments.Paper;

/// <summary>The tables as one self-contained HTML page: numbers, and for each measure a strip on which every seed is a dot.</summary>
internal static class ReproductionPage
{
    private const int StripWidth = 130;
    private const int StripHeight = 16;
    private const double StripMargin = 5;

    private const string Style =
        """
        :root{--mark:#0b6bcb;--paper-mark:#b4530a}@media(prefers-color-scheme:dark){:root{--mark:#6cb2ff;--paper-mark:#f0a05a}}
        body{margin:2rem auto;max-width:68rem;padding:0 1rem}p{margin:.6rem 0}
        h1{font-size:1.6rem;margin-bottom:.5rem}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}ul{padding-left:1.2rem;margin:.4rem 0;color:var(--soft)}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}td,thead th.n{white-space:nowrap}
        thead th{font-weight:500;color:var(--soft)}tbody th{font-weight:600;min-width:7rem}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}svg{display:block;margin:.15rem 0 0 auto;background:var(--card);border-radius:3px}
        .dot{fill:var(--mark);fill-opacity:.75}.mean{stroke:var(--mark);stroke-width:2}.paper{stroke:var(--paper-mark);stroke-width:2}
        """
        + "\n@media(max-width:40rem){h1{font-size:1.3rem}thead th.n{white-space:normal;min-width:4.5rem}th,td{padding-right:.6rem}"
        + ".wide th:first-child{position:sticky;left:0;background:var(--paper);min-width:6rem}}"
        + "\n.key i{display:inline-block;width:.55rem;height:.55rem;border-radius:50%;background:var(--mark);margin-right:.3rem}"
        + ".key b{display:inline-block;width:2px;height:.9rem;background:var(--paper-mark);margin:0 .3rem -.15rem .8rem}";

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(ReproductionReport report, string path)
    {
        byte[] page = Encoding.UTF8.GetBytes(Render(report));
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page's text.</summary>
    public static string Render(ReproductionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder page = new(PageHead.Of("The paper’s tables", Style));
        page.Append("<h1>The paper’s tables, next to those measured here</h1>\n");
        AppendList(page, report.Facts());
        page.Append("<p class=\"key\"><i></i>a seed<b></b>the paper, where it lies within the strip</p>\n");
        foreach (ReproducedTable table in report.Tables)
        {
            Append(page, table);
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, ReproducedTable table)
    {
        IReadOnlyList<TableColumn> columns = TableFormat.ColumnsOf(table);
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h2>Table {table.Number}. {Encode(table.Title)}</h2>\n<div class=\"wide\"><table><thead><tr><th>{Encode(table.RowTitle)}");
        page.AppendJoin("", columns.Select(column => $"<th class=\"n\">{Encode(column.Title)}")).Append("</thead><tbody>\n");
        foreach (TableRow row in table.Rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encode(row.Name)}");
            foreach (TableColumn column in columns)
            {
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Encode(column.Of(row))}");
                if (column.Measured is { } i)
                {
                    AppendStrip(page, row, row.Cells[i], table.Measures[i], table.Rows.Select(other => other.Cells[i]));
                }
            }

            page.Append('\n');
        }

        page.Append("</tbody></table></div>\n");
        AppendList(page, ReproductionText.NotesOf(table));
    }

    private static void AppendStrip(StringBuilder page, TableRow row, TableCell cell, TableMeasure measure, IEnumerable<TableCell> column)
    {
        if (cell.Ours is not { } ours)
        {
            return;
        }

        double[] all = [.. column.Where(other => other.Ours is not null).SelectMany(other => other.Ours!.Values), 0];
        double least = all.Min(), most = Math.Max(all.Max(), least + 1e-9);
        double middle = StripHeight / 2.0;
        string label = Encode($"{row.Name}, {measure.Name}: {TableFormat.Ours(ours, measure.Decimals)}");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"{label}\" width=\"{StripWidth}\" height=\"{StripHeight}\" viewBox=\"0 0 {StripWidth} {StripHeight}\">");
        if (cell.Paper is { } paper && paper.Low >= least && paper.High <= most)
        {
            AppendTick(page, "paper", X(paper.Middle));
        }

        AppendTick(page, "mean", X(ours.Mean));
        foreach (double value in ours.Values)
        {
            page.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{X(value):0.#}\" cy=\"{middle:0.#}\" r=\"3.5\"/>");
        }

        page.Append("</svg>");

        double X(double value) => StripMargin + ((value - least) / (most - least) * (StripWidth - (2 * StripMargin)));
    }

    private static void AppendTick(StringBuilder page, string kind, double x) =>
        page.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"2\" y2=\"{StripHeight - 2}\"/>");

    private static void AppendList(StringBuilder page, IEnumerable<string> sentences)
    {
        page.Append("<ul>");
        page.AppendJoin("", sentences.Select(sentence => $"<li>{Encode(sentence)}"));
        page.Append("</ul>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
