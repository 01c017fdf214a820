using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Studio.Predictions;

/// <summary>Two cuts on the first cut's time axis.</summary>
/// <param name="First">Id of the video whose time axis is used.</param>
/// <param name="Second">Id of the other video.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Align">"time" or "content".</param>
/// <param name="Scheme">Names of the emotions, in column order.</param>
/// <param name="Rate">Rows per second (Hz).</param>
/// <param name="SecondSeconds">For each row of the first cut the matching time in the second, in seconds; null where the second has no such part.</param>
/// <param name="Difference">Second cut minus first, [emotions][rows]; null where the second has no such part.</param>
/// <param name="MeanDifference">Mean difference of each emotion over the parts that both have; null if they have none in common.</param>
internal sealed record ComparisonView(
    string First, string Second, string Model, string Align, ImmutableArray<string> Scheme, Rate Rate,
    ImmutableArray<float?> SecondSeconds, ImmutableArray<ImmutableArray<float?>> Difference, ImmutableArray<float?> MeanDifference);
