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
    private readonly SchemeFile? _description;
    private readonly CsvReader _csv;
    private readonly Func<bool> _next;
    private readonly int _columns;

    // The ranges as float32: they are compared with every label of a file.
    private readonly float[] _lows = [];
    private readonly float[] _highs = [];

    /// <summary>Opens a file and reads its header, and the description of its columns if there is one.</summary>
    /// <exception cref="FileReadException">A file cannot be opened.</exception>
    /// <exception cref="EevCsvException">The header is not in EEV format.</exception>
    /// <exception cref="SchemeFileException">The description is not valid.</exception>
    public EevRowReader(string path)
    {
        _path = path;
        _description = SchemeFile.Find(path);
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
            if (Scheme is not null)
            {
                _lows = [.. Scheme.Ranges.Select(range => (float)range.Low)];
                _highs = [.. Scheme.Ranges.Select(range => (float)range.High)];
            }
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    /// <summary>What the label columns mean; null if there are none.</summary>
    public EmotionScheme? Scheme { get; }

    /// <summary>True if a description of the columns lies beside the file.</summary>
    public bool IsDescribed => _description is not null;

    /// <summary>What the label columns have to hold.</summary>
    /// <param name="inRange">True if values outside the range of their column are errors.</param>
    public EevBlockColumns Columns(bool inRange) => new(_lows, _highs, inRange);

    /// <summary>What the timestamps count, as the description says; null if it does not.</summary>
    public TimestampUnit? DescribedUnit => _description?.Timestamps;

    /// <summary>The line on which the current row starts, counted from 1 (the header).</summary>
    public long Line => _csv.LineNumber;

    /// <summary>The id of the current row as UTF-8; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Id => _csv.GetSpan(IdColumn);

    /// <summary>The timestamp of the current row.</summary>
    public long Timestamp => _csv.TryParse(TimestampColumn, out long timestamp) && timestamp >= 0
        ? timestamp
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

        if (_csv.GetSpan(IdColumn).Contains((byte)0))
        {
            throw At(Line, "the video id contains a NUL character.");
        }

        return true;
    }

    /// <summary>Reads all labels of the current row; a blank field, "NaN" or "NA" is a missing label: NaN.</summary>
    /// <param name="labels">Receives one value for each label column.</param>
    /// <param name="inRange">True if values outside the range of their column are errors.</param>
    /// <exception cref="EevCsvException">A label is neither missing nor a finite number in its range.</exception>
    public void ReadLabels(Span<float> labels, bool inRange)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> text = _csv.GetSpan(FirstLabelColumn + i);
            if (!LabelNumber.TryParse(text, out labels[i]))
            {
                labels[i] = IsMissing(text) ? float.NaN : throw NotANumber(i, text);
            }

            float value = labels[i];
            if ((value >= _lows[i] && value <= _highs[i]) || float.IsNaN(value))
            {
                continue;
            }

            if (inRange || float.IsInfinity(value))
            {
                throw float.IsInfinity(value) ? NotANumber(i, text) : OutOfRange(i, text);
            }
        }
    }

    /// <summary>True for what stands for a missing label, apart from "NaN", which is a number.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = text[Ascii.Trim(text)];
        return word.IsEmpty || Ascii.EqualsIgnoreCase(word, "NA"u8);
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
            if (header.Length == FirstLabelColumn)
            {
                return null;
            }

            EmotionScheme names = new(header.Skip(FirstLabelColumn).Select(name => name.Trim()));
            return _description?.Of(names) ?? names;
        }
        catch (ArgumentException error)
        {
            throw new EevCsvException(_path, 1, PlainMessage.Of(error), error);
        }
    }

    private EevCsvException NotANumber(int label, ReadOnlySpan<byte> text) =>
        At(Line, $"column '{Scheme!.Names[label]}' must be a finite number, or blank if the label is missing; found '{Encoding.UTF8.GetString(text)}'.");

    private EevCsvException OutOfRange(int label, ReadOnlySpan<byte> text)
    {
        string hint = IsDescribed ? "" : $" If the labels have another range, say so in {Path.GetFileName(SchemeFile.PathFor(_path))} (docs/dataset.md).";
        return At(Line, $"column '{Scheme!.Names[label]}' must be {Scheme.Ranges[label]}; found '{Encoding.UTF8.GetString(text)}'.{hint}");
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
            throw new EevCsvException(_path, error.LineNumber, $"the row cannot be read: found {CsvMistake.Of(error)}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(_path, error);
        }
    }
}
