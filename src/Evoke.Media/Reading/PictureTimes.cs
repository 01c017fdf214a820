namespace Evoke.Media.Reading;

/// <summary>When the source frames are shown: the first of them sets the clock.</summary>
internal sealed class PictureTimes
{
    private double _first;

    /// <summary>How many source frames were decoded.</summary>
    public long Count { get; private set; }

    /// <summary>When the last frame is shown, in seconds after the first.</summary>
    public double Last { get; private set; }

    /// <summary>Seconds between the last two frames; null if there is only one.</summary>
    public double? LastInterval { get; private set; }

    /// <summary>A source frame's moment, in seconds on the decoder's clock.</summary>
    public void Add(double seconds)
    {
        if (Count++ == 0)
        {
            _first = seconds;
            return;
        }

        double since = seconds - _first;
        if (since > Last)
        {
            LastInterval = since - Last;
            Last = since;
        }
    }
}
