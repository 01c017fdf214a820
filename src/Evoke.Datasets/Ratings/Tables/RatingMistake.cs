namespace Evoke.Datasets.Ratings.Tables;

/// <summary>A mistake in a file of ratings.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Place">Where.</param>
/// <param name="Expected">What was expected: "a number in column 'valence'".</param>
/// <param name="Found">What was found: "'abc'".</param>
public sealed record RatingMistake(RatingPlace Place, string Expected, string Found)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => $"{Place}: expected {Expected}; found {Found}.";
}
