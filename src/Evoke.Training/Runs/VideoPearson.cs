namespace Evoke.Training.Runs;

/// <summary>How one video scored.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">The video.</param>
/// <param name="Pearson">Mean over the emotions.</param>
public sealed record VideoPearson(string Id, double Pearson);
