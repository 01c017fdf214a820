namespace Evoke.Insights.Breaks;

/// <summary>Which places to report.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BreakOptions
{
    /// <summary>At most this many places, the best ones; at least 1.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Places are at least so far apart, in seconds; 0 or more. 60 suits ad breaks, 300 chapters.</summary>
    public double GapSeconds { get; init; } = 60;

    /// <summary>No place is nearer than this to the start or the end of the video, in seconds; 0 or more.</summary>
    public double EdgeSeconds { get; init; } = 30;

    /// <summary>A place is quiet if its level is so many dB below the loudness of the video, or below -60 dB of full scale; 0 or more.</summary>
    public double QuietDecibels { get; init; } = 6;

    /// <summary>Arousal falls if its mean over so many seconds before the place is higher than that over as many after it; above 0.</summary>
    public double FallSeconds { get; init; } = 8;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1);
        ThrowIfNot(GapSeconds, 0, nameof(GapSeconds));
        ThrowIfNot(EdgeSeconds, 0, nameof(EdgeSeconds));
        ThrowIfNot(QuietDecibels, 0, nameof(QuietDecibels));
        ThrowIfNot(FallSeconds, double.Epsilon, nameof(FallSeconds));
    }

    private static void ThrowIfNot(double value, double least, string name)
    {
        if (!double.IsFinite(value) || value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, $"A finite number {(least > 0 ? "above 0" : "of at least 0")} was expected.");
        }
    }
}
