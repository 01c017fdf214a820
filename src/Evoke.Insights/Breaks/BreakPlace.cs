namespace Evoke.Insights.Breaks;

/// <summary>A place where a cut, quiet and falling arousal meet.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BreakPlace
{
    /// <summary>Its place among the places of the video, from 1 for the best.</summary>
    public required int Rank { get; init; }

    /// <summary>The start of the step that has the cut, in seconds of the video.</summary>
    public required double Seconds { get; init; }

    /// <summary>The end of that step: the cut is before it.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>How good a place it is, from 0 to 1; comparable within one video only.</summary>
    public required double Score { get; init; }

    /// <summary>The level of the quietest of the three steps around the cut, in dB of full scale; null if the loudness of the video is not known.</summary>
    public double? Decibels { get; init; }

    /// <summary>Mean arousal before the place, in the curve's unit.</summary>
    public required double ArousalBefore { get; init; }

    /// <summary>Mean arousal after the place, lower than before.</summary>
    public required double ArousalAfter { get; init; }
}
