using System.IO.Compression;
using System.Text;
using CsvHelper;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Curves.Csv;

/// <summary>Makes the error of whoever reads a table.</summary>
/// <param name="line">The line where the mistake is, from 1; null where it is the file as a whole.</param>
/// <param name="expected">What was expected there.</param>
/// <param name="found">What was found.</param>
/// <param name="cause">The error behind it, if there is one.</param>
public delegate EvokeException TableMistake(long? line, string expected, string found, Exception? cause = null);

/// <summary>
/// Reads tables of text that other programs and people made: CSV with commas, semicolons, tabs or bars, TSV, and either of them compressed by gzip. Text that a
/// spreadsheet would run comes back as it was (<see cref="SpreadsheetText"/>); white space around a field does not count.
/// </summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class DelimitedText
{
    private const int MaxRowBytes = 1 << 22; // A column for each time of a long film fits.
    private const char Tab = '\t';
    private const char NotText = '\uFFFD';
    private const char FirstControl = '\u0080', LastControl = '\u009F';

    /// <summary>
    /// How the text of a file is stored: in UTF-16 if a mark at its start says so, in UTF-8 if all of it is, and otherwise, as older programs write it, in
    /// Windows-1252. The last is a guess: whoever reads the file so should say it. A file that is not text, such as a video, is a mistake.
    /// </summary>
    /// <param name="path">The file; it is read to its end.</param>
    /// <param name="mistake">Makes the error.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static Encoding EncodingOf(string path, TableMistake mistake)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(mistake);
        return Guarded(path, mistake, () =>
        {
            using Stream stored = Open(path);
            return TableEncoding.Of(stored) ?? throw mistake(null, "a table as text", "a file that is not text");
        });
    }

    /// <summary>Reads the names of the columns of a file in UTF-8. A file that is cut off or empty is a mistake.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mistake">Makes the error.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static IReadOnlyList<string> ReadHeader(string path, TableMistake mistake) => ReadHeader(path, Encoding.UTF8, mistake);

    /// <summary>Reads the names of the columns. A file that is cut off or empty is a mistake.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its text is stored, as <see cref="EncodingOf"/> says.</param>
    /// <param name="mistake">Makes the error.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static IReadOnlyList<string> ReadHeader(string path, Encoding encoding, TableMistake mistake)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(mistake);
        ThrowIfCut(path, mistake);
        using CsvReader csv = Create(path, encoding, hasHeader: true);
        string[] header = Guarded(path, mistake, () => csv.Headers.ToArray());
        return header.Length > 0
            ? [.. header.Select(name => TextOf(1, name, encoding, mistake))]
            : throw mistake(null, "a header and rows", "an empty file");
    }

    /// <summary>Reads the rows of a file in UTF-8 after the header, if there is one. The file is opened when the enumeration starts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">False for a file whose columns are named elsewhere.</param>
    /// <param name="mistake">Makes the error.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static IEnumerable<CsvRow> ReadRows(string path, bool hasHeader, TableMistake mistake) => ReadRows(path, hasHeader, Encoding.UTF8, mistake);

    /// <summary>Reads the rows after the header, if there is one. The file is opened when the enumeration starts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">False for a file whose columns are named elsewhere.</param>
    /// <param name="encoding">How its text is stored, as <see cref="EncodingOf"/> says.</param>
    /// <param name="mistake">Makes the error.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static IEnumerable<CsvRow> ReadRows(string path, bool hasHeader, Encoding encoding, TableMistake mistake)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(mistake);
        return Rows(path, hasHeader, encoding, mistake);
    }

    /// <summary>Finds a compressed file that was cut off, as by a download that broke: that is a mistake.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mistake">Makes the error.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static void ThrowIfCut(string path, TableMistake mistake)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(mistake);
        if (CompressedText.IsNamed(path))
        {
            CompressedText.ThrowIfCut(path, mistake);
        }
    }

    private static IEnumerable<CsvRow> Rows(string path, bool hasHeader, Encoding encoding, TableMistake mistake)
    {
        using CsvReader csv = Create(path, encoding, hasHeader);
        while (Guarded(path, mistake, csv.Read))
        {
            string[] cells = new string[csv.FieldCount];
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = TextOf(csv.LineNumber, csv.GetString(i), encoding, mistake);
            }

            yield return new CsvRow(csv.LineNumber, cells);
        }
    }

    // The reader puts U+FFFD in the place of bytes that are not UTF-8; what no letter of Windows-1252 has becomes a control character.
    private static string TextOf(long line, string cell, Encoding encoding, TableMistake mistake)
    {
        bool isText = !cell.Contains(NotText, StringComparison.Ordinal)
            && (encoding != TableEncoding.Western || cell.AsSpan().IndexOfAnyInRange(FirstControl, LastControl) < 0);
        return isText
            ? SpreadsheetText.Unescape(cell.Trim())
            : throw mistake(line, "text in UTF-8 (save the file as UTF-8; in Excel: Save As, \"CSV UTF-8\")", $"'{cell.Trim()}', which has other bytes");
    }

    private static CsvReader Create(string path, Encoding encoding, bool hasHeader)
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
            return CsvReader.Create(TableEncoding.InUtf8(Open(path), encoding), options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static Stream Open(string path)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return CompressedText.IsNamed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    // Commas in a file of tabs are in its numbers. Other separators are detected.
    private static char? SeparatorOf(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase) ? Tab : null;

    private static T Guarded<T>(string path, TableMistake mistake, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException error)
        {
            throw mistake(error.LineNumber, "a row of a table", CsvMistake.Of(error), error);
        }
        catch (InvalidDataException error)
        {
            throw mistake(null, "a whole file, compressed by gzip", error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
