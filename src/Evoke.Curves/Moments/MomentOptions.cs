namespace Evoke.Curves.Moments;

/// <summary>Which moments to report.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MomentOptions
{
    /// <summary>At most this many moments, of all emotions together.</summary>
    public int Limit { get; init; } = 12;

    /// <summary>At most this many moments of one emotion, so that one lively emotion does not displace all others.</summary>
    public int LimitPerEmotion { get; init; } = 3;

    /// <summary>Moments weaker than this, in standard deviations of their curve, are noise.</summary>
    public double MinimumStrength { get; init; } = 1;

    /// <summary>
    /// Moments whose prominence is less than this share of the curve's range are noise, however flat the rest of the curve is: no model is that
    /// precise.
    /// </summary>
    public double MinimumProminence { get; init; } = 0.01;

    /// <summary>A moment is compared with this many seconds before and after it, so it is never longer than twice that.</summary>
    public double ContextSeconds { get; init; } = 30;

    /// <summary>Of moments of the same emotion and kind that are closer than this, in seconds, only the strongest is reported.</summary>
    public double MinimumGapSeconds { get; init; } = 3;

    /// <summary>
    /// This share of a curve's range is added to its standard deviation before that scales prominences. A curve that varies less than this looks flat:
    /// without it, the ripples of an emotion that hardly occurs would be as strong as a burst of laughter.
    /// </summary>
    public double StandardDeviationFloor { get; init; } = 0.005;

    /// <summary>
    /// A moment extends as far as its curve is within this fraction of its prominence, above 0 and up to 1. 0.5 gives the width at half height.
    /// </summary>
    public double ExtentHeight { get; init; } = 0.5;

    /// <summary>False to report peaks only.</summary>
    public bool Dips { get; init; } = true;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Limit);
        ArgumentOutOfRangeException.ThrowIfNegative(LimitPerEmotion);
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumProminence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ContextSeconds);
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumGapSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StandardDeviationFloor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ExtentHeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ExtentHeight, 1);
    }
}
