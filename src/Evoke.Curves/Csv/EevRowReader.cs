using System.Globalization;
using System.Text;
using CsvHelper;
using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>Reads the rows of a file in EEV format and checks each one.</summary>
internal sealed class EevRowReader : IDisposable
{
    public const int IdColumn = 0;
    public const int TimestampColumn = 1;
    public const int FirstLabelColumn = 2;

    // No valid row is this long. The limit finds an unclosed quote without reading the whole file into memory.
    private const int MaxRowBytes = 1 << 20;

    private static readonly CsvReaderOptions s_options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = MaxRowBytes,
    };

    private readonly string _path;
    private readonly CsvReader _csv;
    private readonly Func<bool> _next;
    private readonly int _columns;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="FileReadException">The file cannot be opened.</exception>
    /// <exception cref="EevCsvException">The header is not in EEV format.</exception>
    public EevRowReader(string path)
    {
        _path = path;
        try
        {
            _csv = CsvReader.FromFile(path, s_options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }

        try
        {
            _next = _csv.Read;
            string[] header = Guarded(() => _csv.Headers.ToArray());
            Scheme = ReadScheme(header);
            _columns = header.Length;
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    /// <summary>What the label columns mean; null if there are none.</summary>
    public EmotionScheme? Scheme { get; }

    /// <summary>The line on which the current row starts, counted from 1 (the header).</summary>
    public long Line => _csv.LineNumber;

    /// <summary>The id of the current row as UTF-8; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Id => _csv.GetSpan(IdColumn);

    /// <summary>The timestamp of the current row in microseconds.</summary>
    public long Microseconds => _csv.TryParse(TimestampColumn, out long microseconds) && microseconds >= 0
        ? microseconds
        : throw At(Line, $"the timestamp must be a whole number of microseconds, 0 or more; found '{_csv.GetString(TimestampColumn)}'.");

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="EevCsvException">The row has too few or too many columns, or broken quotes.</exception>
    public bool Read()
    {
        if (!Guarded(_next))
        {
            return false;
        }

        if (_csv.FieldCount != _columns)
        {
            throw WrongColumns();
        }

        if (_csv.GetSpan(IdColumn).IsEmpty)
        {
            throw At(Line, "the video id is empty.");
        }

        return true;
    }

    /// <summary>Reads all labels of the current row.</summary>
    /// <exception cref="EevCsvException">A label is not a finite number.</exception>
    public void ReadLabels(Span<float> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> text = _csv.GetSpan(FirstLabelColumn + i);
            if (!LabelNumber.TryParse(text, out labels[i]) || !float.IsFinite(labels[i]))
            {
                throw At(Line, $"column '{Scheme!.Names[i]}' must be a finite number; found '{Encoding.UTF8.GetString(text)}'.");
            }
        }
    }

    /// <summary>An error on a line of this file.</summary>
    public EevCsvException At(long line, string problem) => new(_path, line, problem);

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();

    private EmotionScheme? ReadScheme(string[] header)
    {
        const string Expected = "expected the header 'YouTube ID,Timestamp (milliseconds),…' or 'Video ID,Timestamp (milliseconds),…'";
        if (header.Length == 0)
        {
            throw At(1, $"{Expected}; the file is empty.");
        }

        bool isEev = header.Length >= FirstLabelColumn
            && (header[IdColumn].Trim().Equals(EevCsv.YouTubeId, StringComparison.OrdinalIgnoreCase)
                || header[IdColumn].Trim().Equals(EevCsv.VideoId, StringComparison.OrdinalIgnoreCase))
            && header[TimestampColumn].Trim().StartsWith("Timestamp", StringComparison.OrdinalIgnoreCase);
        if (!isEev)
        {
            throw At(1, $"{Expected}; found '{string.Join(',', header)}'.");
        }

        try
        {
            return header.Length == FirstLabelColumn ? null : new EmotionScheme(header.Skip(FirstLabelColumn).Select(name => name.Trim()));
        }
        catch (ArgumentException error)
        {
            throw new EevCsvException(_path, 1, PlainMessage.Of(error), error);
        }
    }

    private EevCsvException WrongColumns()
    {
        long line = Line;
        int found = _csv.FieldCount;
        string rest = found < _columns && !Guarded(_next) ? " The file ends here: it was cut off." : "";
        return At(line, string.Create(CultureInfo.InvariantCulture, $"expected {_columns} columns; found {found}.{rest}"));
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException error)
        {
            throw new EevCsvException(_path, error.LineNumber, $"the row cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(_path, error);
        }
    }
}
