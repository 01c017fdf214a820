namespace Evoke.Curves.Measures;

/// <summary>The place of a measure among the videos of a norm, which never counts the video itself.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Percentile">Percentage of the videos whose value is lower, from 0 to 100; equal values count half.</param>
/// <param name="Videos">How many other videos have a value, at least 20.</param>
public sealed record MeasureStanding(double Percentile, int Videos);
