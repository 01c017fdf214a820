namespace Evoke.Curves.Csv;

/// <summary>The rows of one video in a file in EEV format: the video and the time of each row.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class VideoTimes
{
    private readonly long[]? _timestamps; // in Unit; null if they are those of the grid

    /// <summary>Creates a video with evenly spaced rows.</summary>
    /// <param name="videoId">The video's id, not empty.</param>
    /// <param name="grid">The times of the rows; each is written with the grid's timestamp.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public VideoTimes(string videoId, TimeGrid grid)
    {
        ArgumentException.ThrowIfNullOrEmpty(videoId);
        VideoId = videoId;
        Grid = grid;
    }

    internal VideoTimes(string videoId, TimeGrid grid, ReadOnlySpan<long> timestamps, TimestampUnit unit, long firstLine)
        : this(videoId, grid)
    {
        (Unit, FirstLine) = (unit, firstLine);
        for (int step = 0; step < timestamps.Length; step++)
        {
            if (unit != TimestampUnit.Microseconds || grid.MicrosecondsAt(step) != timestamps[step])
            {
                _timestamps = timestamps.ToArray();
                return;
            }
        }
    }

    /// <summary>The video's id.</summary>
    public string VideoId { get; }

    /// <summary>The times of the rows; for a file the rate is determined from its timestamps.</summary>
    public TimeGrid Grid { get; }

    /// <summary>What the file's timestamps count; microseconds if the video was not read from a file.</summary>
    public TimestampUnit Unit { get; }

    /// <summary>The line of the file on which the video starts, counted from 1 (the header); 0 if it was not read from a file.</summary>
    public long FirstLine { get; }

    /// <summary>The timestamp of a row exactly as the file has it: in its own <see cref="Unit"/>, rounded up or down.</summary>
    public long TimestampAt(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Grid.Count);
        return _timestamps is null ? Grid.MicrosecondsAt(step) : _timestamps[step];
    }

    /// <summary>The timestamp of a row in microseconds, as the file has it (rounded up or down, to whole milliseconds if it counts those).</summary>
    public long MicrosecondsAt(int step) => TimestampAt(step) * TimestampClock.MicrosecondsOf(Unit);
}
