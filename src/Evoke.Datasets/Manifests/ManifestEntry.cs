namespace Evoke.Datasets.Manifests;

/// <summary>One video of a data set: a row of a manifest.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">The video's id: name of its feature file.</param>
/// <param name="Path">Path of the file; relative ones are relative to the manifest's folder.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="DurationSeconds">Duration in seconds; 0 or more.</param>
public readonly record struct ManifestEntry(string Id, string Path, long Bytes, double DurationSeconds);
