using System.Globalization;
using System.Text;
using Evoke.Curves.Csv;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Files;

namespace Evoke.Training.Evaluation;

/// <summary>Score tables as files: CSV for programs, Markdown for people.</summary>
/// <remarks>
/// The CSV file has a row for each video and curve (<c>level</c> is video), for each curve the mean over videos (mean) and the scores over the rows of all
/// videos together (pooled), and the same for the mean over curves (<c>curve</c> is empty). The Markdown file has the last two.
/// Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class ScoreTableFile
{
    private const string Markdown = ".md", Csv = ".csv";

    private static readonly string[] s_columns = ["level", "video", "curve", "rows", .. ScoreKinds.All.Select(kind => kind.KeyOf())];

    /// <summary>Throws unless a table can be written to files of this name.</summary>
    /// <exception cref="DatasetException">It ends neither in .csv nor in .md.</exception>
    public static void ThrowIfNeither(string path)
    {
        if (!Is(path, Csv) && !Is(path, Markdown))
        {
            throw new DatasetException($"A table of scores is written as {Csv} or {Markdown}; found '{path}'.");
        }
    }

    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="table">The scores.</param>
    /// <param name="path">The file: .csv or .md.</param>
    /// <exception cref="DatasetException">It ends neither in .csv nor in .md.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(ScoreTable table, string path)
    {
        ArgumentNullException.ThrowIfNull(table);
        ThrowIfNeither(path);
        if (Is(path, Csv))
        {
            CsvTable.Write(path, s_columns, Rows(table), firstNumber: Array.IndexOf(s_columns, "rows"));
            return;
        }

        byte[] text = Encoding.UTF8.GetBytes(ToMarkdown(table));
        AtomicFile.Write(path, stream => stream.Write(text));
    }

    /// <summary>The means over videos and the pooled scores of each curve, as Markdown tables.</summary>
    public static string ToMarkdown(ScoreTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"## Mean over {table.Videos.Count} {(table.Videos.Count == 1 ? "video" : "videos")}\n\n");
        AppendTable(text, table, kind => curve => curve is { } one ? table.MeanOf(kind, one) : table.MeanOf(kind));
        text.Append("\n## Over the rows of all videos together\n\n");
        AppendTable(text, table, kind => curve => PooledOf(table, kind, curve));
        return text.ToString();
    }

    private static bool Is(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static void AppendTable(StringBuilder text, ScoreTable table, Func<ScoreKind, Func<int?, double>> scores)
    {
        text.Append("| curve | ").AppendJoin(" | ", ScoreKinds.All.Select(kind => kind.TitleOf())).Append(" |\n");
        text.Append("|---|").AppendJoin('|', ScoreKinds.All.Select(_ => "---:")).Append("|\n");
        foreach (int? curve in CurvesOf(table).Select(curve => (int?)curve).Append(null))
        {
            string name = curve is { } one ? table.Scheme.Names[one].Replace("|", "\\|", StringComparison.Ordinal) : "**mean over curves**";
            text.Append("| ").Append(name).Append(" | ")
                .AppendJoin(" | ", ScoreKinds.All.Select(kind => scores(kind)(curve).ToString("F4", CultureInfo.InvariantCulture))).Append(" |\n");
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ScoreTable table)
    {
        foreach (VideoCurveScores video in table.Videos)
        {
            for (int curve = 0; curve < video.Curves.Length; curve++)
            {
                if (video.Curves[curve] is { } scores)
                {
                    yield return Row("video", video.VideoId, table.Scheme.Names[curve], scores.Rows, kind => scores[kind]);
                }
            }
        }

        foreach (int curve in CurvesOf(table))
        {
            yield return Row("mean", "", table.Scheme.Names[curve], table.Pooled[curve]!.Rows, kind => table.MeanOf(kind, curve));
        }

        yield return Row("mean", "", "", RowsOf(table), table.MeanOf);
        foreach (int curve in CurvesOf(table))
        {
            yield return Row("pooled", "", table.Scheme.Names[curve], table.Pooled[curve]!.Rows, kind => table.Pooled[curve]![kind]);
        }

        yield return Row("pooled", "", "", RowsOf(table), kind => PooledOf(table, kind, null));
    }

    private static string[] Row(string level, string video, string curve, long rows, Func<ScoreKind, double> score) =>
    [
        level, video, curve, rows.ToString(CultureInfo.InvariantCulture), .. ScoreKinds.All.Select(kind => score(kind).ToString(CultureInfo.InvariantCulture)),
    ];

    // Curves without any label are left out.
    private static IEnumerable<int> CurvesOf(ScoreTable table) =>
        Enumerable.Range(0, table.Scheme.Count).Where(curve => table.Pooled[curve] is not null);

    private static long RowsOf(ScoreTable table) => table.Pooled.Max(scores => scores?.Rows ?? 0);

    private static double PooledOf(ScoreTable table, ScoreKind kind, int? curve) => curve is { } one
        ? table.Pooled[one]![kind]
        : table.Pooled.OfType<CurveScores>().Select(scores => scores[kind]).DefaultIfEmpty(double.NaN).Average();
}
