using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Files.Text;
using Evoke.Insights.Rankings;

namespace Evoke.Cli.Rank;

/// <summary>A ranking for a terminal: as many columns as fit, with their names in several lines above them.</summary>
internal static class RankText
{
    private const int LeastVideo = 12, NameWidth = 11, Gap = 2;

    // What a column ends in that adds to another one: shown only if it is asked for.
    private static readonly string[] s_additions = [".percentile", ".at_seconds", ".start_seconds", ".end_seconds"];

    /// <summary>Prints a table.</summary>
    /// <param name="terminal">Where it is printed.</param>
    /// <param name="table">The rows, with the column <c>rank</c>.</param>
    /// <param name="asked">The columns that were asked for; empty for those that fit, the sorted one first.</param>
    /// <param name="sorted">The column by which the table is sorted.</param>
    public static void Write(Terminal terminal, RankingTable table, IReadOnlyList<string> asked, string sorted)
    {
        Shown rank = Shown.Of(table["rank"], "rank"), video = Shown.Of(table[VideoRanking.VideoColumn], VideoRanking.VideoColumn);
        Shown[] wanted = [.. (asked.Count > 0 ? asked : UsualColumns(table, sorted)).Select(key => Shown.Of(table[key], key))];
        int longest = Math.Max(LeastVideo, Math.Min(video.Width, terminal.Width * 2 / 5));
        int room = terminal.Width - rank.Width - Gap - longest;
        List<Shown> columns = [];
        foreach (Shown column in wanted)
        {
            room -= column.Width + Gap;
            if (room >= 0 || asked.Count > 0 || columns.Count == 0)
            {
                columns.Add(column);
            }
            else
            {
                break;
            }
        }

        Shown shortened = video with { Cells = [.. video.Cells.Select(cell => Shortened(cell, longest))], Width = Math.Min(video.Width, longest) };
        Print(terminal.Out, [rank, shortened, .. columns]);
        int left = table.Columns.Length - columns.Count - 2;
        if (asked.Count == 0 && left > 0)
        {
            terminal.Out.WriteLine($"{Quantity.Of(left, "more column")}: --columns KEY,KEY chooses, --table FILE writes all.");
        }
    }

    private static IEnumerable<string> UsualColumns(RankingTable table, string sorted) =>
        new[] { sorted, "duration_seconds" }
            .Concat(table.Columns.Where(column => column.Kind == RankingColumnKind.Number && !Array.Exists(
                s_additions, ending => column.Key.EndsWith(ending, StringComparison.Ordinal))).Select(column => column.Key))
            .Where(key => key != VideoRanking.VideoColumn).Distinct(StringComparer.Ordinal);

    private static void Print(TextWriter output, IReadOnlyList<Shown> columns)
    {
        int lines = columns.Max(column => column.Name.Count);
        for (int line = 0; line < lines; line++)
        {
            Line(column => line - (lines - column.Name.Count) is >= 0 and int own ? column.Name[own] : "");
        }

        for (int row = 0; row < columns[0].Cells.Length; row++)
        {
            Line(column => column.Cells[row]);
        }

        void Line(Func<Shown, string> cell) => output.WriteLine(string.Join(
            new string(' ', Gap),
            columns.Select(column => column.IsText ? cell(column).PadRight(column.Width) : cell(column).PadLeft(column.Width))).TrimEnd());
    }

    // The end of an id tells videos in one folder apart.
    private static string Shortened(string text, int width) => text.Length <= width ? text : $"…{text[^(width - 1)..]}";

    private sealed record Shown(IReadOnlyList<string> Name, string[] Cells, int Width, bool IsText)
    {
        public static Shown Of(RankingColumn column, string key)
        {
            IReadOnlyList<string> name = NameOf(key);
            string[] cells = [.. Enumerable.Range(0, column.Count).Select(row => TextOf(column, row))];
            return new Shown(name, cells, Math.Max(name.Max(line => line.Length), cells.Select(cell => cell.Length).DefaultIfEmpty(0).Max()),
                column.Kind == RankingColumnKind.Text);
        }

        // Broken after dots and underscores, so that a long name does not make a wide column.
        private static List<string> NameOf(string key)
        {
            List<string> lines = [""];
            for (int at = 0; at < key.Length;)
            {
                int end = key.AsSpan(at).IndexOfAny('.', '_') is >= 0 and int found ? at + found + 1 : key.Length;
                string part = key[at..end];
                if (lines[^1].Length > 0 && lines[^1].Length + part.Length > NameWidth)
                {
                    lines.Add("");
                }

                lines[^1] += part;
                at = end;
            }

            return lines;
        }

        private static string TextOf(RankingColumn column, int row) => column.Kind switch
        {
            RankingColumnKind.Text => ShownText.OneLine(column.Texts[row]),
            _ when column.Numbers[row] is not { } => "–",
            RankingColumnKind.Whole => column.Numbers[row]!.Value.ToString("0", CultureInfo.InvariantCulture),
            _ => column.Numbers[row]!.Value.ToString(column.Unit is "s" or "%" or "dB" or "cuts/min" ? "0.0" : "0.000", CultureInfo.InvariantCulture),
        };
    }
}
