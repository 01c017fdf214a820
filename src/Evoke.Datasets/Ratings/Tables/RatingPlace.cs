using System.Globalization;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>A place in a file of ratings: a row of a table, or an annotation.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="File">The file, as it was named.</param>
/// <param name="Sheet">The sheet of a workbook; null elsewhere.</param>
/// <param name="Row">The row as editors and spreadsheets count it, from 1; 0 for the file as a whole.</param>
/// <param name="Detail">What is in that row or in place of one: "annotation a12"; null for nothing.</param>
public readonly record struct RatingPlace(string File, string? Sheet = null, long Row = 0, string? Detail = null)
{
    /// <summary>"ratings.xlsx, sheet 'P01', row 7".</summary>
    public override string ToString() => string.Concat(
        File,
        Sheet is null ? "" : $", sheet '{Sheet}'",
        Row == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", row {Row}"),
        Detail is null ? "" : $", {Detail}");
}
