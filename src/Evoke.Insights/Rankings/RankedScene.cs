using System.Collections.Immutable;

namespace Evoke.Insights.Rankings;

/// <summary>What lies between two cuts of a video, and its curves there.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Number">Its number in the video, from 1.</param>
/// <param name="StartSeconds">Where it begins, in seconds.</param>
/// <param name="EndSeconds">Where it ends (exclusive), in seconds; above <paramref name="StartSeconds"/>.</param>
/// <param name="Curves">One entry for each curve of the video; null for a curve without values here.</param>
public sealed record RankedScene(int Number, double StartSeconds, double EndSeconds, ImmutableArray<SceneCurve?> Curves);

/// <summary>One curve in one scene, in the curve's unit.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Mean">The mean.</param>
/// <param name="Peak">The highest value.</param>
/// <param name="PeakSeconds">The time at which it is first reached, in seconds of the video.</param>
public sealed record SceneCurve(double Mean, double Peak, double PeakSeconds);
