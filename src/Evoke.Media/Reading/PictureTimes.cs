namespace Evoke.Media.Reading;

/// <summary>When the source frames are shown: the first of them sets the clock.</summary>
internal sealed class PictureTimes
{
    private const int IntervalsKept = 63;

    private readonly Queue<double> _intervals = new(IntervalsKept);

    /// <summary>How many source frames were decoded.</summary>
    public long Count { get; private set; }

    /// <summary>When the first frame is shown, in seconds on the decoder's clock.</summary>
    public double First { get; private set; }

    /// <summary>When the last frame is shown, in seconds after the first.</summary>
    public double Last { get; private set; }

    /// <summary>A source frame's moment, in seconds on the decoder's clock.</summary>
    public void Add(double seconds)
    {
        if (Count++ == 0)
        {
            First = seconds;
            return;
        }

        double since = seconds - First;
        if (since > Last)
        {
            if (_intervals.Count == IntervalsKept)
            {
                _intervals.Dequeue();
            }

            _intervals.Enqueue(since - Last);
            Last = since;
        }
    }

    /// <summary>The median time between the last frames, in seconds; null if there are fewer than two.</summary>
    public double? UsualInterval() => _intervals.Count == 0 ? null : _intervals.Order().ElementAt(_intervals.Count / 2);
}
