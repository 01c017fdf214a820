namespace Evoke.Datasets.Heatmaps;

/// <summary>A file that gave no labels.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="File">The file, as it was named.</param>
/// <param name="Message">Why, with what was expected and found.</param>
public sealed record HeatmapFailure(string File, string Message);
