namespace Evoke.Experiments.Paper;

/// <summary>One column of numbers.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Of">The number of a row.</param>
/// <param name="Measured">The measure whose scores measured here it shows; null for the paper's numbers.</param>
internal sealed record TableColumn(string Title, Func<TableRow, string> Of, int? Measured = null);
