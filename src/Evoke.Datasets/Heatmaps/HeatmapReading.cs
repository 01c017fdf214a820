using System.Collections.Immutable;
using Evoke.Curves.Csv;

namespace Evoke.Datasets.Heatmaps;

/// <summary>The labels of all files that have a heatmap.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Videos">The videos, in the order of the files.</param>
/// <param name="Failures">The files without one.</param>
public sealed record HeatmapReading(ImmutableArray<LabelledVideo> Videos, ImmutableArray<HeatmapFailure> Failures);
