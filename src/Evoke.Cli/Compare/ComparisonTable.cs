using System.Globalization;
using System.Text;
using Evoke.Cli.Shell;
using Evoke.Curves.Csv;
using Evoke.Experiments.Comparisons;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Cli.Compare;

/// <summary>Comparisons as files: CSV for programs, Markdown for people.</summary>
internal static class ComparisonTable
{
    private static readonly string[] s_columns =
    [
        "score", "a", "b", "curve", "score_a", "score_b", "difference", "low", "high", "p", "holm_p", "raters_low", "raters_high", "videos", "groups",
    ];

    /// <summary>Writes all pairs; the curve of the mean over curves is empty in CSV.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(ComparisonReport report, string path)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            CsvTable.Write(
                path,
                s_columns,
                report.Comparisons.SelectMany(pair => pair.Curves.Append(pair.All).Select(row => RowOf(report.Score, pair, row))),
                firstNumber: Array.IndexOf(s_columns, "score_a"));
            return;
        }

        byte[] text = Encoding.UTF8.GetBytes(ToMarkdown(report));
        AtomicFile.Write(path, stream => stream.Write(text));
    }

    private static string ToMarkdown(ComparisonReport report)
    {
        StringBuilder text = new();
        text.Append($"{report.Score}, mean over {Quantity.Of(report.Videos, "video")} in {Quantity.Of(report.Groups, "group")} ({report.Grouping}); ")
            .Append("95 % intervals over groups.\n");
        foreach (ModelComparison pair in report.Comparisons)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Cell(pair.B)} against {Cell(pair.A)}\n\n");
            text.Append("| curve | first | second | difference | interval | p | Holm |\n|---|---:|---:|---:|---:|---:|---:|\n");
            foreach (PairedDifference row in pair.Curves.Append(pair.All))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {(row.Curve is null ? "**mean over curves**" : Cell(row.Curve))} | {row.A:F4} | {row.B:F4} | {row.Difference:+0.0000;-0.0000} "
                    + $"| {IntervalText.Of(row.Interval, isSigned: true)} | {P(row.P)} | {(row.Curve is null ? "" : P(row.HolmP))} |\n");
            }

            text.Append('\n').Append(ComparisonVerdict.Of(pair, report)).Append('\n');
        }

        return text.ToString();
    }

    private static string[] RowOf(string score, ModelComparison pair, PairedDifference row) =>
    [
        score, pair.A, pair.B, row.Curve ?? "", Number(row.A), Number(row.B), Number(row.Difference), Number(row.Interval?.Low), Number(row.Interval?.High),
        Number(row.P), Number(row.HolmP), Number(row.RatersInterval?.Low), Number(row.RatersInterval?.High), Number(row.Videos), Number(row.Groups),
    ];

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string P(double? p) => p?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "n/a";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
