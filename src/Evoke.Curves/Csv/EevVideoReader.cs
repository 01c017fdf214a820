using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Evoke.Curves.Csv;

/// <summary>Groups the rows of a file in EEV format into videos.</summary>
internal sealed class EevVideoReader : IDisposable
{
    private const int FirstCapacity = 4096;

    private readonly EevRowReader _file;
    private readonly EevRows _rows;
    private readonly int _labels;
    private readonly EmotionScheme? _scheme;
    private readonly Dictionary<string, long> _lastLines = new(StringComparer.Ordinal);
    private readonly List<long> _lines = [];
    private readonly List<long> _timestamps = [];
    private float[] _values = [];
    private Rate _rate = EevCsv.DefaultRate;
    private TimestampUnit? _unit;
    private bool _atRow;

    private EevVideoReader(string path, bool withLabels, EmotionScheme? labels = null, int blockBytes = 0)
    {
        _file = new EevRowReader(path);
        try
        {
            _unit = _file.DescribedUnit;
            if (withLabels && _file.Scheme is null)
            {
                throw _file.At(1, "expected label columns after the timestamp; found ids and timestamps only.");
            }

            _labels = withLabels ? _file.Scheme!.Count : 0;
            _scheme = labels is null || _file.IsDescribed ? _file.Scheme : WithRangesOf(labels, _file.Scheme!);
            _values = new float[FirstCapacity * _labels];
            _rows = new EevRows(path, _file, inRange: labels is null, blockBytes);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Reads labels, video by video.</summary>
    /// <param name="path">The file.</param>
    /// <param name="blockBytes">How large the blocks are that are parsed on several threads; 0 to read row by row.</param>
    public static IEnumerable<LabelledVideo> ReadLabels(string path, int blockBytes = EevBlockReader.UsualBlock) => Read(path, labels: null, blockBytes);

    /// <summary>Reads predictions of labels with this scheme, video by video.</summary>
    public static IEnumerable<LabelledVideo> ReadPredictions(string path, EmotionScheme labels, int blockBytes = EevBlockReader.UsualBlock) =>
        Read(path, labels, blockBytes);

    private static IEnumerable<LabelledVideo> Read(string path, EmotionScheme? labels, int blockBytes)
    {
        using EevVideoReader reader = new(path, withLabels: true, labels, blockBytes);
        while (reader.ReadVideo() is VideoTimes times)
        {
            float[] values = reader._values.AsSpan(0, times.Grid.Count * reader._labels).ToArray();
            yield return new LabelledVideo(times, new EmotionCurves(reader._scheme!, times.Grid, values));
        }
    }

    public static IEnumerable<VideoTimes> ReadTimes(string path)
    {
        using EevVideoReader reader = new(path, withLabels: false);
        while (reader.ReadVideo() is VideoTimes times)
        {
            yield return times;
        }
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Reads up to the first row of the next video.</summary>
    /// <returns>Null at the end of the file.</returns>
    private VideoTimes? ReadVideo()
    {
        _atRow = _atRow || _rows.Read();
        if (!_atRow)
        {
            return null;
        }

        byte[] id = _rows.Id.ToArray();
        string name = Encoding.UTF8.GetString(id);
        if (_lastLines.TryGetValue(name, out long lastLine))
        {
            throw _file.At(_rows.Line, $"video '{name}' starts again; its rows ended on line {Text(lastLine)} and must all be together.");
        }

        _lines.Clear();
        _timestamps.Clear();
        do
        {
            ReadRow(name);
            _atRow = _rows.Read();
        }
        while (_atRow && _rows.Id.SequenceEqual(id));
        _lastLines.Add(name, _lines[^1]);
        return Complete(name);
    }

    private void ReadRow(string video)
    {
        long timestamp = _rows.Timestamp;
        if (_timestamps.Count == 0 && timestamp != 0)
        {
            throw _file.At(_rows.Line, $"video '{video}' must start at timestamp 0; found {Text(timestamp)}.");
        }

        if (_timestamps.Count > 0 && timestamp <= _timestamps[^1])
        {
            throw _file.At(_rows.Line, $"video '{video}': timestamps must grow; found {Text(timestamp)} after {Text(_timestamps[^1])}.");
        }

        int start = _timestamps.Count * _labels;
        if (start + _labels > _values.Length)
        {
            Array.Resize(ref _values, 2 * _values.Length);
        }

        _rows.ReadLabels(_values.AsSpan(start, _labels));
        _timestamps.Add(timestamp);
        _lines.Add(_rows.Line);
    }

    private VideoTimes Complete(string video)
    {
        ReadOnlySpan<long> timestamps = CollectionsMarshal.AsSpan(_timestamps);
        if (timestamps.Length > 1)
        {
            // The first video with more than one row decides for the whole file.
            _unit ??= TimestampClock.Recognise(timestamps);
            if (!TimestampClock.TryReadRate(timestamps, _unit.Value, out Rate rate))
            {
                throw Uneven(video, timestamps);
            }

            _rate = rate.Hertz <= EevCsv.HighestRate ? rate : throw TooFast(video, rate);
        }

        return new VideoTimes(video, new TimeGrid(_rate, timestamps.Length), timestamps, _unit ?? TimestampUnit.Microseconds, _lines[0]);
    }

    private EevCsvException Uneven(string video, ReadOnlySpan<long> timestamps)
    {
        (int row, long usual) = TimestampClock.FirstUneven(timestamps);
        string remedy = _labels == 0 ? "" : _file.Scheme!.ZeroRowsAreMissing
            ? " Write rows without a face as zeros instead of leaving them out."
            : " Leave the labels of a row blank where they are missing, but keep the row.";
        return _file.At(
            _lines[row],
            $"video '{video}': rows must be evenly spaced; most are {Text(usual)} {NameOf(_unit)} apart, "
            + $"but found {Text(timestamps[row])} after {Text(timestamps[row - 1])}.{remedy}");
    }

    private EevCsvException TooFast(string video, Rate rate) => _file.At(_lines[1], string.Create(
        CultureInfo.InvariantCulture,
        $"video '{video}': timestamps in {NameOf(_unit)} would be {rate:0.###} rows per second; expected at most {EevCsv.HighestRate}. "
        + $"Timestamps must be whole numbers of microseconds or milliseconds, the same in the whole file."));

    // A file without a description: the curves that the labels have too are taken to be on the labels' scale.
    private static EmotionScheme WithRangesOf(EmotionScheme labels, EmotionScheme found) => new(
        found.Names,
        found.Names.Select((name, column) => labels.IndexOf(name) is >= 0 and int known ? labels.Ranges[known] : found.Ranges[column]),
        labels.ZeroRowsAreMissing);

    private static string NameOf(TimestampUnit? unit) => unit == TimestampUnit.Milliseconds ? "milliseconds" : "microseconds";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
