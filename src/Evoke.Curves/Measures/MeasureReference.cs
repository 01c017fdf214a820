namespace Evoke.Curves.Measures;

/// <summary>What a measure is compared with in the same video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">A name for people: "mean of the video".</param>
/// <param name="Value">Its value, in the unit of the measure.</param>
public sealed record MeasureReference(string Name, double Value);
