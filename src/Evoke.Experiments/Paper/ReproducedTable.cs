using System.Collections.Immutable;

namespace Evoke.Experiments.Paper;

/// <summary>One table of the paper, its numbers beside those measured here.</summary>
/// <param name="Number">Its number in the paper.</param>
/// <param name="Title">What it compares.</param>
/// <param name="RowTitle">What its rows are.</param>
/// <param name="Measures">Its columns.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Notes">What a reader has to know about it, a sentence each.</param>
public sealed record ReproducedTable(
    int Number, string Title, string RowTitle, ImmutableArray<TableMeasure> Measures, ImmutableArray<TableRow> Rows, ImmutableArray<string> Notes);

/// <summary>A column: what was measured.</summary>
/// <param name="Name">For people.</param>
/// <param name="Decimals">How many decimals the paper prints.</param>
public sealed record TableMeasure(string Name, int Decimals);

/// <summary>A row.</summary>
/// <param name="Name">For people.</param>
/// <param name="Cells">One for each measure.</param>
/// <param name="Missing">Why nothing was measured here; null if something was, or will be.</param>
public sealed record TableRow(string Name, ImmutableArray<TableCell> Cells, string? Missing = null);

/// <summary>One number of the paper and what was measured here.</summary>
/// <param name="Paper">The paper's; null if it has none.</param>
/// <param name="Ours">Measured here; null if nothing is (yet).</param>
public sealed record TableCell(PaperFigure? Paper, SeedScores? Ours)
{
    /// <summary>Nothing in the paper, nothing here.</summary>
    public static TableCell Empty { get; } = new(null, null);
}

/// <summary>A number that the paper or its authors' notes give, or a range.</summary>
/// <param name="Low">The number, or the least of the range.</param>
/// <param name="High">The number again, or the most of the range.</param>
public sealed record PaperFigure(double Low, double High)
{
    /// <summary>One number.</summary>
    public PaperFigure(double value)
        : this(value, value)
    {
    }

    /// <summary>The number, or the middle of the range.</summary>
    public double Middle => (Low + High) / 2;
}
