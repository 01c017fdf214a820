using System.Collections.Immutable;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>A table of text in a file. Rows are read anew for each enumeration.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Sheet">The sheet of a workbook; null elsewhere.</param>
/// <param name="Header">The names of the columns, without white space around them; empty for a table without header.</param>
/// <param name="Rows">The rows after the header.</param>
internal sealed record SourceTable(string File, string? Sheet, ImmutableArray<string> Header, IEnumerable<SourceRow> Rows)
{
    /// <summary>The sheet's name where it tells this table from others of its workbook; null for an only table, whose sheet is often just "Sheet1".</summary>
    public string? NamingSheet { get; init; }

    /// <summary>What may have been read wrongly, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The place of a row; of the table as a whole for row 0.</summary>
    public RatingPlace At(long row) => new(File, Sheet, row);
}
