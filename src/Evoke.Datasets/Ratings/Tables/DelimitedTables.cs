using System.Collections.Immutable;
using System.IO.Compression;
using CsvHelper;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Reads tables of text: CSV with commas, semicolons, tabs or bars, TSV, and either of them compressed by gzip.</summary>
internal static class DelimitedTables
{
    private const int MaxRowBytes = 1 << 22; // A column for each time of a long film fits.
    private const char Tab = '\t';
    private const char NotText = '\uFFFD';

    /// <summary>Opens a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">False for a file whose columns are named elsewhere.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="RatingFilesException">The file has no header, or its quotes are broken.</exception>
    public static SourceTable Open(string path, bool hasHeader = true)
    {
        if (CompressedFile.IsNamed(path))
        {
            CompressedFile.ThrowIfCut(path);
        }

        ImmutableArray<string> header = hasHeader ? HeaderOf(path) : [];
        return new SourceTable(path, null, header, Rows(path, hasHeader));
    }

    private static ImmutableArray<string> HeaderOf(string path)
    {
        using CsvReader csv = Create(path, hasHeader: true);
        string[] header = Guarded(path, () => csv.Headers.ToArray());
        return header.Length > 0
            ? [.. header.Select(name => TextOf(path, 1, name))]
            : throw new RatingFilesException(new RatingPlace(path), "a header and rows", "an empty file");
    }

    private static IEnumerable<SourceRow> Rows(string path, bool hasHeader)
    {
        using CsvReader csv = Create(path, hasHeader);
        while (Guarded(path, csv.Read))
        {
            string[] cells = new string[csv.FieldCount];
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = TextOf(path, csv.LineNumber, csv.GetString(i));
            }

            yield return new SourceRow(csv.LineNumber, cells);
        }
    }

    // The reader puts U+FFFD in the place of bytes that are not UTF-8. Which letter was meant cannot be known: that differs from country to country.
    private static string TextOf(string path, long row, string cell) => !cell.Contains(NotText, StringComparison.Ordinal)
        ? SpreadsheetText.Unescape(cell.Trim())
        : throw new RatingFilesException(
            new RatingPlace(path, null, row),
            "text in UTF-8 (save the file as UTF-8; in Excel: Save As, \"CSV UTF-8\")",
            $"'{cell.Trim()}', which has other bytes");

    private static CsvReader Create(string path, bool hasHeader)
    {
        CsvReaderOptions options = new()
        {
            Separator = SeparatorOf(path),
            DetectSeparatorHint = SeparatorOf(path) is null,
            HasHeader = hasHeader,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = MaxRowBytes,
        };
        try
        {
            Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return CsvReader.Create(CompressedFile.IsNamed(path) ? new GZipStream(file, CompressionMode.Decompress) : file, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    // Commas in a file of tabs are in its numbers. Other separators are detected.
    private static char? SeparatorOf(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase) ? Tab : null;

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException error)
        {
            throw new RatingFilesException(new RatingPlace(path, null, error.LineNumber), "a row of a table", error.Message.TrimEnd('.'), error);
        }
        catch (InvalidDataException error)
        {
            throw new RatingFilesException(new RatingPlace(path), "a whole file, compressed by gzip", error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
