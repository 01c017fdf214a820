using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Evoke.Curves.Csv;

/// <summary>Groups the rows of a file in EEV format into videos.</summary>
internal sealed class EevVideoReader : IDisposable
{
    private const int FirstCapacity = 4096;

    private readonly EevRowReader _rows;
    private readonly int _labels;
    private readonly Dictionary<string, long> _lastLines = new(StringComparer.Ordinal);
    private readonly List<long> _lines = [];
    private readonly List<long> _microseconds = [];
    private float[] _values = [];
    private Rate _rate = EevCsv.DefaultRate;
    private bool _atRow;

    private EevVideoReader(string path, bool withLabels)
    {
        _rows = new EevRowReader(path);
        if (withLabels && _rows.Scheme is null)
        {
            _rows.Dispose();
            throw _rows.At(1, "expected label columns after the timestamp; found ids and timestamps only.");
        }

        _labels = withLabels ? _rows.Scheme!.Count : 0;
        _values = new float[FirstCapacity * _labels];
    }

    public static IEnumerable<LabelledVideo> ReadLabels(string path)
    {
        using EevVideoReader reader = new(path, withLabels: true);
        while (reader.ReadVideo() is VideoTimes times)
        {
            float[] values = reader._values.AsSpan(0, times.Grid.Count * reader._labels).ToArray();
            yield return new LabelledVideo(times, new EmotionCurves(reader._rows.Scheme!, times.Grid, values));
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
            throw _rows.At(_rows.Line, $"video '{name}' starts again; its rows ended on line {Text(lastLine)} and must all be together.");
        }

        _lines.Clear();
        _microseconds.Clear();
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
        long microseconds = _rows.Microseconds;
        if (_microseconds.Count == 0 && microseconds != 0)
        {
            throw _rows.At(_rows.Line, $"video '{video}' must start at timestamp 0; found {Text(microseconds)}.");
        }

        if (_microseconds.Count > 0 && microseconds <= _microseconds[^1])
        {
            throw _rows.At(_rows.Line, $"video '{video}': timestamps must grow; found {Text(microseconds)} after {Text(_microseconds[^1])}.");
        }

        int start = _microseconds.Count * _labels;
        if (start + _labels > _values.Length)
        {
            Array.Resize(ref _values, 2 * _values.Length);
        }

        _rows.ReadLabels(_values.AsSpan(start, _labels));
        _microseconds.Add(microseconds);
        _lines.Add(_rows.Line);
    }

    private VideoTimes Complete(string video)
    {
        ReadOnlySpan<long> microseconds = CollectionsMarshal.AsSpan(_microseconds);
        if (microseconds.Length > 1)
        {
            if (!TimestampClock.TryReadRate(microseconds, out Rate rate))
            {
                throw Uneven(video, microseconds);
            }

            _rate = rate;
        }

        return new VideoTimes(video, new TimeGrid(_rate, microseconds.Length), microseconds, _lines[0]);
    }

    private EevCsvException Uneven(string video, ReadOnlySpan<long> microseconds)
    {
        (int row, long usual) = TimestampClock.FirstUneven(microseconds);
        return _rows.At(
            _lines[row],
            $"video '{video}': rows must be evenly spaced; most are {Text(usual)} microseconds apart, "
            + $"but found {Text(microseconds[row])} after {Text(microseconds[row - 1])}. Write rows without a face as zeros instead of leaving them out.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
