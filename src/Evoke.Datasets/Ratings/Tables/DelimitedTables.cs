using System.Collections.Immutable;
using System.Text;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>
/// Reads tables of text: CSV with commas, semicolons, tabs or bars, TSV, and either of them compressed by gzip; in UTF-8, UTF-16 or Windows-1252.
/// </summary>
internal static class DelimitedTables
{
    private const int WesternCodePage = 1252;

    /// <summary>Opens a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">False for a file whose columns are named elsewhere.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="RatingFilesException">The file has no header, or its quotes are broken.</exception>
    public static SourceTable Open(string path, bool hasHeader = true)
    {
        DelimitedText.ThrowIfCut(path, Mistake);
        Encoding encoding = DelimitedText.EncodingOf(path, Mistake);
        ImmutableArray<string> header = hasHeader ? [.. DelimitedText.ReadHeader(path, encoding, Mistake)] : [];
        IEnumerable<SourceRow> rows =
            DelimitedText.ReadRows(path, hasHeader, encoding, Mistake).Select(row => new SourceRow(row.Line, [.. row.Fields]));
        return new SourceTable(path, null, header, rows)
        {
            Warnings = encoding.CodePage == WesternCodePage
                ? ["its text is not in UTF-8 and is read as Windows-1252 (Western European). If names look wrong, save it as UTF-8."]
                : [],
        };

        RatingFilesException Mistake(long? line, string expected, string found, Exception? cause = null) =>
            new(line is { } row ? new RatingPlace(path, null, row) : new RatingPlace(path), expected, found, cause);
    }
}
