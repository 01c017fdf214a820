using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Features.Import;

namespace Evoke.Features.Foreign;

/// <summary>Rows of features in a table: a column of times and a column for each number.</summary>
internal static class TableRows
{
    private const double SecondsPerDay = 86400;

    /// <summary>The videos of a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fileId">The id that the file's name gives.</param>
    /// <exception cref="ForeignFeatureException">It is not a table, or has no header.</exception>
    public static IReadOnlyList<string> VideosOf(string path, string fileId)
    {
        TableColumns columns = ColumnsOf(path);
        if (columns.Video < 0)
        {
            return [fileId];
        }

        string[] ids = [.. Rows(path).Select(row => Cell(path, columns, row, columns.Video)).Distinct(StringComparer.Ordinal)];
        return ids.Length == 1 && columns.IsInstance || ids.Length == 0 ? [fileId] : [.. ids.Select(TableColumns.IdOf).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads the rows of all videos of a table. What is wrong with one video is thrown when its rows are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onlyId">The video if all rows are of one; null if a column says which.</param>
    /// <param name="rate">Rows per second; null to read the times.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static IReadOnlyDictionary<string, Func<TimedRows>> Read(string path, string? onlyId, Rate? rate, CancellationToken cancellationToken)
    {
        TableColumns columns = ColumnsOf(path);
        if (columns.Values.Count == 0)
        {
            throw new ForeignFeatureException(path, $"expected columns of features, found only {string.Join(", ", columns.Header)}.");
        }

        if (rate is null && columns.Time < 0)
        {
            throw new ForeignFeatureException(
                path, "it does not say when its rows are: expected a column frameTime, time, timestamp, timestamp_ms or start, or give the rate of the rows.");
        }

        Dictionary<string, Gathered> videos = new(StringComparer.Ordinal);
        foreach (CsvRow row in Rows(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string id = onlyId ?? TableColumns.IdOf(Cell(path, columns, row, columns.Video));
            if (!videos.TryGetValue(id, out Gathered? video))
            {
                videos.Add(id, video = new Gathered());
            }

            video.Add(path, columns, row, rate is null);
        }

        return videos.Count > 0
            ? videos.ToDictionary(video => video.Key, video => (Func<TimedRows>)(() => video.Value.ToRows(path, video.Key, columns, rate)))
            : throw new ForeignFeatureException(path, "expected rows of features after the header, found none.");
    }

    private static TableColumns ColumnsOf(string path)
    {
        IReadOnlyList<string> header = DelimitedText.ReadHeader(path, Mistakes(path));
        return TableColumns.Of(header) ?? throw new ForeignFeatureException(
            path, $"line 1: expected the names of the columns, found '{string.Join(", ", header.Take(4))}'.");
    }

    private static IEnumerable<CsvRow> Rows(string path) => DelimitedText.ReadRows(path, hasHeader: true, Mistakes(path));

    private static TableMistake Mistakes(string path) => (line, expected, found, cause) =>
        new ForeignFeatureException(path, $"{(line is { } at ? $"line {at}: " : "")}expected {expected}, found {found}.", cause);

    private static string Cell(string path, TableColumns columns, CsvRow row, int column) => row.Fields.Count == columns.Header.Count
        ? row.Fields[column]
        : throw new ForeignFeatureException(
            path, $"line {row.Line}: expected {columns.Header.Count} fields, as in the header, found {row.Fields.Count}.");

    private static float NumberOf(string path, TableColumns columns, CsvRow row, int column)
    {
        string cell = Cell(path, columns, row, column);
        return float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw Unread(path, columns, row, column, "a finite number", cell);
    }

    private static double TimeOf(string path, TableColumns columns, CsvRow row)
    {
        string cell = Cell(path, columns, row, columns.Time);
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return columns.Unit == TimeText.Milliseconds ? number / 1000 : number;
        }

        return SecondsOf(cell) ?? throw Unread(path, columns, row, columns.Time, "a time", cell);
    }

    // "0 days 00:00:01.500000": a Timedelta of pandas, as the index of openSMILE's Python package is written.
    private static double? SecondsOf(string cell)
    {
        string[] parts = cell.Split(" days ");
        string[] clock = parts[^1].Split(':');
        double[] numbers = new double[4];
        bool isTime = parts.Length <= 2 && clock.Length == 3 && TryNumber(parts.Length == 2 ? parts[0] : "0", out numbers[0]);
        for (int i = 0; isTime && i < clock.Length; i++)
        {
            isTime = TryNumber(clock[i], out numbers[i + 1]);
        }

        return isTime ? (numbers[0] * SecondsPerDay) + (numbers[1] * 3600) + (numbers[2] * 60) + numbers[3] : null;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static ForeignFeatureException Unread(string path, TableColumns columns, CsvRow row, int column, string expected, string cell) =>
        new(path, $"line {row.Line}, column '{columns.Header[column]}': expected {expected}, found {(cell.Length == 0 ? "an empty cell" : $"'{cell}'")}.");

    /// <summary>The rows of one video so far, up to the first mistake in them.</summary>
    private sealed class Gathered
    {
        private readonly List<float> _values = []; // [rows, width]
        private readonly List<double> _times = [];
        private readonly List<long> _lines = [];
        private ForeignFeatureException? _mistake;

        public void Add(string path, TableColumns columns, CsvRow row, bool readsTimes)
        {
            if (_mistake is not null)
            {
                return;
            }

            try
            {
                _lines.Add(row.Line);
                _times.Add(readsTimes ? TimeOf(path, columns, row) : 0);
                foreach (int column in columns.Values)
                {
                    _values.Add(NumberOf(path, columns, row, column));
                }
            }
            catch (ForeignFeatureException mistake)
            {
                _mistake = mistake; // Of this video only; the others of the table go on.
            }
        }

        public TimedRows ToRows(string path, string videoId, TableColumns columns, Rate? rate) =>
            _mistake is not null ? throw _mistake
            : rate is { } said ? TimedRows.AtRate([.. _values], columns.Values.Count, said)
            : RowClock.At([.. _values], columns.Values.Count, [.. _times], (row, problem) => new ForeignFeatureException(
                path, row < 0 ? $"'{videoId}': {problem}." : $"line {_lines[row]}, column '{columns.Header[columns.Time]}': {problem}."));
    }
}
