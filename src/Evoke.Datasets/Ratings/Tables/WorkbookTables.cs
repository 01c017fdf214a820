using System.Globalization;
using System.Text;
using Evoke.Files;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Reads the sheets of Excel workbooks (.xlsx, .xls) as tables of text.</summary>
internal static class WorkbookTables
{
    // ExcelDataReader asks for code page 1252, which .NET has but does not offer by itself. This adds encodings and changes none.
    static WorkbookTables() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The sheets that have a header and rows.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="RatingFilesException">The file is not a workbook, is encrypted or has no table.</exception>
    public static IReadOnlyList<SourceTable> Open(string path)
    {
        List<SourceTable> tables = [];
        List<(string Sheet, SourceRow Header)> found = HeadersOf(path);
        foreach ((string sheet, SourceRow header) in found)
        {
            tables.Add(new SourceTable(path, sheet, [.. header.Cells], Rows(path, sheet, header)) { NamingSheet = found.Count > 1 ? sheet : null });
        }

        return tables.Count > 0 ? tables : throw new RatingFilesException(new RatingPlace(path), "a sheet with a header and rows", "none");
    }

    private static List<(string Sheet, SourceRow Header)> HeadersOf(string path)
    {
        using IExcelDataReader workbook = Create(path);
        CellBudget budget = new(path);
        List<(string, SourceRow)> headers = [];
        do
        {
            if (NextRow(path, workbook, budget, IsHeader) is { } header && NextRow(path, workbook, budget, HasCells) is not null)
            {
                headers.Add((workbook.Name, header));
            }
        }
        while (Guarded(path, workbook.NextResult));
        return headers;
    }

    // A title stands in one cell; a header has at least two.
    private static bool IsHeader(string[] cells) => cells.Count(cell => cell.Length > 0) > 1;

    private static bool HasCells(string[] cells) => cells.Any(cell => cell.Length > 0);

    private static IEnumerable<SourceRow> Rows(string path, string sheet, SourceRow header)
    {
        using IExcelDataReader workbook = Create(path);
        CellBudget budget = new(path);
        while (workbook.Name != sheet)
        {
            if (!Guarded(path, workbook.NextResult))
            {
                yield break;
            }
        }

        while (NextRow(path, workbook, budget, HasCells) is { } row)
        {
            if (row.Number > header.Number)
            {
                yield return row;
            }
        }
    }

    private static SourceRow? NextRow(string path, IExcelDataReader workbook, CellBudget budget, Func<string[], bool> isWanted)
    {
        while (Guarded(path, workbook.Read))
        {
            budget.Spend(workbook);
            string[] cells = new string[workbook.FieldCount];
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = TextOf(workbook.GetValue(i));
            }

            if (isWanted(cells))
            {
                return new SourceRow(workbook.Depth + 1, cells);
            }
        }

        return null;
    }

    // A cell that is formatted as a time is a moment of the day that begins Excel's calendar, or a span of time.
    private static string TextOf(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        DateTime moment when moment.Year < 1901 => moment.TimeOfDay.ToString("c", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()?.Trim() ?? "",
    };

    private static IExcelDataReader Create(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }

        try
        {
            return Guarded(path, () => ExcelReaderFactory.CreateReader(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ExcelReaderException error)
        {
            throw new RatingFilesException(new RatingPlace(path), "an Excel workbook without a password", error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is (IOException and not EndOfStreamException) or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
        catch (Exception error) when (error is not EvokeException)
        {
            // A damaged file can make the library throw anything.
            throw new RatingFilesException(new RatingPlace(path), "an Excel workbook", $"a damaged file: {PlainMessage.Of(error).TrimEnd('.')}", error);
        }
    }

    // A damaged workbook states one cell in the last row and another in the last column: the library makes up billions between them.
    private sealed class CellBudget(string path)
    {
        private const long Allowance = 4_000_000;
        private const long PerByte = 64;

        private long _left = Allowance + (new FileInfo(path).Length * PerByte);

        public void Spend(IExcelDataReader workbook)
        {
            _left -= workbook.FieldCount + 1;
            if (_left < 0)
            {
                throw new RatingFilesException(
                    new RatingPlace(path, workbook.Name, workbook.Depth + 1), "cells with values", "millions of empty cells in a small file");
            }
        }
    }
}
