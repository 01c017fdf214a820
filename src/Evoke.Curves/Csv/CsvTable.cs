using CsvHelper;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Curves.Csv;

/// <summary>A row of a table.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Line">The line on which it begins; the header is line 1.</param>
/// <param name="Fields">Its texts, one for each column.</param>
public sealed record CsvRow(long Line, IReadOnlyList<string> Fields);

/// <summary>
/// CSV files with fixed columns that Evoke writes for people and reads again: manifests, lists of failures and of missing videos. Text that a spreadsheet
/// would run is escaped (<see cref="SpreadsheetText"/>) and comes back as it was. Thread-safe.
/// </summary>
public static class CsvTable
{
    // No valid row is this long. The limit finds an unclosed quote without reading the whole file into memory.
    private const int MaxRowBytes = 1 << 20;

    private static readonly CsvReaderOptions s_options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = MaxRowBytes,
    };

    /// <summary>Reads a table row by row. The file is opened when the enumeration starts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The header that it must have.</param>
    /// <param name="mistake">Makes the caller's error from a line and a sentence that says what is wrong there.</param>
    /// <exception cref="FileReadException">There is no such file, or it cannot be read.</exception>
    public static IEnumerable<CsvRow> Read(string path, IReadOnlyList<string> columns, Func<long, string, EvokeException> mistake)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(mistake);
        return ReadRows(path, columns, mistake);
    }

    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The header.</param>
    /// <param name="rows">The rows, one text for each column.</param>
    /// <param name="firstNumber">The column from which on all fields are numbers, which are not escaped: a negative one would become text.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int firstNumber = int.MaxValue) =>
        Write(path, columns, rows, column => column < firstNumber);

    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The header.</param>
    /// <param name="rows">The rows, one text for each column.</param>
    /// <param name="isText">True for a column of text, false for one of numbers, which are not escaped: a negative one would become text.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, Func<int, bool> isText)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(isText);
        AtomicFile.Write(path, stream => Write(stream, columns, rows, isText));
    }

    /// <summary>Writes a table to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="columns">The header.</param>
    /// <param name="rows">The rows, one text for each column.</param>
    /// <param name="firstNumber">The column from which on all fields are numbers, which are not escaped: a negative one would become text.</param>
    public static void Write(Stream stream, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int firstNumber)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        Write(stream, columns, rows, column => column < firstNumber);
    }

    private static void Write(Stream stream, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, Func<int, bool> isText)
    {
        using CsvWriter csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord([.. columns]);
        foreach (IReadOnlyList<string> row in rows)
        {
            csv.WriteRecord([.. row.Select((field, column) => isText(column) ? SpreadsheetText.Escape(field) : field)]);
        }
    }

    private static IEnumerable<CsvRow> ReadRows(string path, IReadOnlyList<string> columns, Func<long, string, EvokeException> mistake)
    {
        using CsvReader csv = Guarded(path, mistake, () => CsvReader.FromFile(path, s_options));
        string[] header = Guarded(path, mistake, () => csv.Headers.ToArray());
        if (!header.SequenceEqual(columns, StringComparer.Ordinal))
        {
            throw mistake(1, $"expected the header '{string.Join(',', columns)}', found '{string.Join(',', header)}'.");
        }

        while (Guarded(path, mistake, csv.Read))
        {
            if (csv.FieldCount != columns.Count)
            {
                throw mistake(csv.LineNumber, FormattableString.Invariant($"expected {columns.Count} fields, found {csv.FieldCount}."));
            }

            string[] fields = [.. Enumerable.Range(0, columns.Count).Select(column => SpreadsheetText.Unescape(csv.GetString(column)))];
            if (Array.FindIndex(fields, field => field.Contains('\0', StringComparison.Ordinal)) is >= 0 and var at)
            {
                // No system allows it in the name of a file, and many fields are such names.
                throw mistake(csv.LineNumber, $"the field '{columns[at]}' contains a NUL character.");
            }

            yield return new CsvRow(csv.LineNumber, fields);
        }
    }

    private static T Guarded<T>(string path, Func<long, string, EvokeException> mistake, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException error)
        {
            throw mistake(error.LineNumber, $"the row cannot be read: found {CsvMistake.Of(error)}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
