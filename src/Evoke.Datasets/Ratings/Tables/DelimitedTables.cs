using System.Collections.Immutable;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Reads tables of text: CSV with commas, semicolons, tabs or bars, TSV, and either of them compressed by gzip.</summary>
internal static class DelimitedTables
{
    /// <summary>Opens a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">False for a file whose columns are named elsewhere.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="RatingFilesException">The file has no header, or its quotes are broken.</exception>
    public static SourceTable Open(string path, bool hasHeader = true)
    {
        ImmutableArray<string> header = [];
        if (hasHeader)
        {
            header = [.. DelimitedText.ReadHeader(path, Mistake)];
        }
        else
        {
            DelimitedText.ThrowIfCut(path, Mistake);
        }

        return new SourceTable(path, null, header, DelimitedText.ReadRows(path, hasHeader, Mistake).Select(row => new SourceRow(row.Line, [.. row.Fields])));

        RatingFilesException Mistake(long? line, string expected, string found, Exception? cause = null) =>
            new(line is { } row ? new RatingPlace(path, null, row) : new RatingPlace(path), expected, found, cause);
    }
}
