using System.Collections.Immutable;

namespace Evoke.Experiments.Paper;

/// <summary>A row.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">The name to display.</param>
/// <param name="Cells">One for each measure.</param>
/// <param name="Missing">Why nothing was measured here; null if something was, or will be.</param>
public sealed record TableRow(string Name, ImmutableArray<TableCell> Cells, string? Missing = null);
