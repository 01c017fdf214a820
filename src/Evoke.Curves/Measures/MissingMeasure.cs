namespace Evoke.Curves.Measures;

/// <summary>A number that a video does not have, and why.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Key">As <see cref="Measure.Key"/>.</param>
/// <param name="Name">As <see cref="Measure.Name"/>.</param>
/// <param name="Reason">A clause for people, without a full stop: "the video is 2.1 s long".</param>
public sealed record MissingMeasure(string Key, string Name, string Reason);
