using System.Collections.Immutable;

namespace Evoke.Curves.Metrics;

/// <summary>The scores of all curves of one video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">The video's id.</param>
/// <param name="Curves">One entry for each curve of the scheme; null for a curve without labels.</param>
public sealed record VideoCurveScores(string VideoId, ImmutableArray<CurveScores?> Curves)
{
    /// <summary>The mean over the curves that have labels; NaN if none has.</summary>
    public double MeanOf(ScoreKind kind) => Curves.OfType<CurveScores>().Select(scores => scores[kind]).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The score of a curve; NaN if it has no labels.</summary>
    public double Of(ScoreKind kind, int curve) => Curves[curve]?[kind] ?? double.NaN;
}
