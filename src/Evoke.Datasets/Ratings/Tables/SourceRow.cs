namespace Evoke.Datasets.Ratings.Tables;

/// <summary>A row of a table as text.</summary>
/// <param name="Number">The row as editors and spreadsheets count it, from 1.</param>
/// <param name="Cells">Its cells, without white space around them.</param>
internal readonly record struct SourceRow(long Number, string[] Cells);
