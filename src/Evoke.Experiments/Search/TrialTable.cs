using System.Globalization;
using System.Text;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Experiments.Search;

/// <summary>The trials of a search as tables, best first.</summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class TrialTable
{
    /// <summary>Aligned columns for a terminal.</summary>
    public static string ToText(SearchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] header = ["trial", report.Metric, "epochs", "best at", "state", .. report.Keys];
        string[][] rows = [header, .. report.Trials.Select(trial => Cells(trial, "F4", value => value))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            text.AppendLine(
                string.Join("  ", row.Select((cell, column) => column == 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>Writes trials.csv, whole or not at all.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(SearchReport report, string path)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append("trial,").Append(report.Metric).Append(",epochs,best_epoch,state");
        foreach (string key in report.Keys)
        {
            text.Append(',').Append(key);
        }

        text.Append('\n');
        foreach (SearchTrial trial in report.Trials)
        {
            text.AppendJoin(',', Cells(trial, "R", CsvCell)).Append('\n');
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private static string[] Cells(SearchTrial trial, string format, Func<string, string> cell) =>
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.Score?.ToString(format, CultureInfo.InvariantCulture) ?? "",
        trial.Epochs.ToString(CultureInfo.InvariantCulture),
        trial.Score is null ? "" : trial.BestEpoch.ToString(CultureInfo.InvariantCulture),
        trial.State.ToString().ToLowerInvariant(),
        .. trial.Values.Select(cell),
    ];

    private static string CsvCell(string value)
    {
        string text = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? value : SpreadsheetText.Escape(value);
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
