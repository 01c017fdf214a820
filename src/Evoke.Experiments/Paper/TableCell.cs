namespace Evoke.Experiments.Paper;

/// <summary>One number of the paper and the one measured here.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Paper">The paper's; null if it has none.</param>
/// <param name="Ours">Measured here; null if nothing is (yet).</param>
public sealed record TableCell(PaperFigure? Paper, SeedScores? Ours)
{
    /// <summary>Nothing in the paper, nothing here.</summary>
    public static TableCell Empty { get; } = new(null, null);
}
