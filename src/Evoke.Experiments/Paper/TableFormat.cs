using System.Globalization;

namespace Evoke.Experiments.Paper;

/// <summary>The format of numbers in tables, the same in every output.</summary>
internal static class TableFormat
{
    /// <summary>Shown where there is no number.</summary>
    public const string None = "–";

    private const string Ties = " ≈ joins rows whose means differ by no more than the spread over seeds explains (Welch's t-test, 5 %).";

    /// <summary>"0.0121", or "0.026–0.030".</summary>
    public static string Paper(PaperFigure? figure, int decimals) => figure is null ? None
        : figure.Low == figure.High ? Number(figure.Low, decimals)
        : $"{Number(figure.Low, decimals)}–{Number(figure.High, decimals)}";

    /// <summary>"0.0119 ± 0.0004".</summary>
    public static string Ours(SeedScores? scores, int decimals) => scores is null ? None
        : scores.Deviation is { } deviation ? $"{Number(scores.Mean, decimals)} ± {Number(deviation, decimals)}"
        : Number(scores.Mean, decimals);

    /// <summary>The columns: each measure in the paper, if it has it, and as measured here.</summary>
    public static IReadOnlyList<TableColumn> ColumnsOf(ReproducedTable table)
    {
        List<TableColumn> columns = [];
        for (int i = 0; i < table.Measures.Length; i++)
        {
            TableMeasure measure = table.Measures[i];
            int index = i;
            if (table.Rows.Any(row => row.Cells[index].Paper is not null))
            {
                columns.Add(new($"{measure.Name}, paper", row => Paper(row.Cells[index].Paper, measure.Decimals)));
            }

            columns.Add(new($"{measure.Name}, here", row => Ours(row.Cells[index].Ours, measure.Decimals), index));
        }

        return columns;
    }

    /// <summary>For each measure that both have: the rows from best to worst, in the paper and here, where ties are marked. One sentence each.</summary>
    public static IEnumerable<string> OrdersOf(ReproducedTable table)
    {
        for (int i = 0; i < table.Measures.Length; i++)
        {
            int index = i;
            TableRow[] both = [.. table.Rows.Where(row => row.Cells[index] is { Paper: not null, Ours: not null })];
            if (both.Length < 2)
            {
                continue;
            }

            string name = table.Measures[index].Name;
            string paper = string.Join(" > ", both.OrderByDescending(row => row.Cells[index].Paper!.Middle).Select(row => row.Name));
            string ours = table.Measures[index].HasSeeds
                ? SeedOrder.Of([.. both.Select(row => (row.Name, row.Cells[index].Ours!))])
                : string.Join(" > ", both.OrderByDescending(row => row.Cells[index].Ours!.Mean).Select(row => row.Name));
            yield return paper == ours ? $"Order by {name}, in the paper and here: {paper}."
                : $"Order by {name}: in the paper {paper}; here {ours}.{(ours.Contains('≈', StringComparison.Ordinal) ? Ties : "")}";
        }
    }

    private static string Number(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
}
