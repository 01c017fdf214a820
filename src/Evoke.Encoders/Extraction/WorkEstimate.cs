namespace Evoke.Encoders.Extraction;

/// <summary>Counts the work of a run and estimates the rest. Nothing is probed ahead: remaining files are assumed to have as many frames per byte as those
/// already done.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="bytes">Sizes of the files to work on; 0 where there is no file.</param>
internal sealed class WorkEstimate(IReadOnlyCollection<long> bytes)
{
    private readonly int _toDo = bytes.Count;
    private readonly List<Video> _current = [];
    private long _bytesLeft = bytes.Sum();
    private long _knownBytes;
    private double _knownAmount;
    private double _finished;
    private int _videos;

    /// <summary>The progress of the run.</summary>
    public ExtractionWork Now => new(_videos, _toDo, _finished + _current.Sum(video => video.Done), Total());

    /// <summary>A video is started.</summary>
    /// <returns>The video, for <see cref="End"/>.</returns>
    public Video Begin(long size)
    {
        _bytesLeft -= size;
        Video video = new(size);
        _current.Add(video);
        return video;
    }

    /// <summary>A video is finished.</summary>
    /// <param name="video">Which one.</param>
    /// <param name="isWhole">True if all of it was read: the estimate then uses it.</param>
    public void End(Video video, bool isWhole)
    {
        double done = isWhole ? video.Total ?? video.Done : video.Done;
        if (isWhole)
        {
            _knownBytes += video.Bytes;
            _knownAmount += done;
        }

        _finished += done;
        _videos++;
        _current.Remove(video);
    }

    private double? Total()
    {
        long bytes = _knownBytes + _current.Sum(video => video.Total is null ? 0 : video.Bytes);
        double amount = _knownAmount + _current.Sum(video => video.Total ?? 0);
        if (bytes == 0)
        {
            return _videos == _toDo ? _finished : null;
        }

        double ratio = amount / bytes;
        double current = _current.Sum(video => video.Total ?? Math.Max(video.Done, ratio * video.Bytes));
        return _finished + current + (ratio * _bytesLeft);
    }

    /// <summary>A video that is being worked on.</summary>
    public sealed class Video(long bytes)
    {
        /// <summary>Its size.</summary>
        public long Bytes => bytes;

        /// <summary>How many frames, or seconds of sound, are done.</summary>
        public double Done { get; private set; }

        /// <summary>How many it has; null if unknown.</summary>
        public double? Total { get; private set; }

        /// <summary>It has advanced.</summary>
        /// <param name="done">Frames, or seconds of sound.</param>
        /// <param name="total">How many it has; null if unknown.</param>
        public void Advance(double done, double? total) => (Done, Total) = (done, total is { } known ? Math.Max(known, done) : null);
    }
}
