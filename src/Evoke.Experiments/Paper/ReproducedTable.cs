using System.Collections.Immutable;

namespace Evoke.Experiments.Paper;

/// <summary>One table of the paper, with its numbers next to those measured here.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Number">Its number in the paper.</param>
/// <param name="Title">What it compares.</param>
/// <param name="RowTitle">What its rows are.</param>
/// <param name="Measures">Its columns.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Notes">Notes for the reader, one sentence each.</param>
public sealed record ReproducedTable(
    int Number, string Title, string RowTitle, ImmutableArray<TableMeasure> Measures, ImmutableArray<TableRow> Rows, ImmutableArray<string> Notes);
