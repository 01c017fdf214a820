namespace Evoke.Encoders.Extraction;

/// <summary>Counts the work of a run and estimates the rest. Nothing is probed ahead: remaining files are assumed to have as many frames per byte as those
/// already done.</summary>
/// <param name="bytes">Sizes of the files to work on; 0 where there is no file.</param>
internal sealed class WorkEstimate(IReadOnlyCollection<long> bytes)
{
    private readonly int _toDo = bytes.Count;
    private long _bytesLeft = bytes.Sum();
    private long _knownBytes;
    private double _knownAmount;
    private double _finished;
    private int _videos;
    private Current? _current;

    /// <summary>The progress of the run.</summary>
    public ExtractionWork Now => new(_videos, _toDo, _finished + (_current?.Done ?? 0), Total());

    /// <summary>A video is started.</summary>
    public void Begin(long size)
    {
        _bytesLeft -= size;
        _current = new Current(size, 0, null);
    }

    /// <summary>Progress of the current video.</summary>
    /// <param name="done">Frames, or seconds of sound.</param>
    /// <param name="total">How many it has; null if unknown.</param>
    public void Advance(double done, double? total) => _current = _current! with { Done = done, Total = total is { } known ? Math.Max(known, done) : null };

    /// <summary>The current video is finished.</summary>
    /// <param name="isWhole">True if all of it was read: the estimate then uses it.</param>
    public void End(bool isWhole)
    {
        Current ended = _current!;
        double done = isWhole ? ended.Total ?? ended.Done : ended.Done;
        if (isWhole)
        {
            _knownBytes += ended.Bytes;
            _knownAmount += done;
        }

        _finished += done;
        _videos++;
        _current = null;
    }

    private double? Total()
    {
        long bytes = _knownBytes + (_current is { Total: not null } ? _current.Bytes : 0);
        double amount = _knownAmount + (_current?.Total ?? 0);
        if (bytes == 0)
        {
            return _videos == _toDo ? _finished : null;
        }

        double ratio = amount / bytes;
        double current = _current is null ? 0 : _current.Total ?? Math.Max(_current.Done, ratio * _current.Bytes);
        return _finished + current + (ratio * _bytesLeft);
    }

    private sealed record Current(long Bytes, double Done, double? Total);
}
