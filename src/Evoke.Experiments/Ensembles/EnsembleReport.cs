using Evoke.Curves.Metrics;
using Evoke.Training.Evaluation;

namespace Evoke.Experiments.Ensembles;

/// <summary>An ensemble that was built, and its scores.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record EnsembleReport
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>How its members are weighted.</summary>
    public required EnsembleWeighting Weighting { get; init; }

    /// <summary>Its members, in the order of the file: best recorded score first.</summary>
    public required IReadOnlyList<EnsembleMember> Members { get; init; }

    /// <summary>Models that were not chosen, best first.</summary>
    public required IReadOnlyList<EnsembleCandidate> LeftOut { get; init; }

    /// <summary>
    /// Its scores on the validation videos. With fitted weights they are optimistic, since the weights were fitted on these videos: use
    /// <see cref="CrossValidatedPearson"/>.
    /// </summary>
    public required EvaluationReport Score { get; init; }

    /// <summary>The member with the best score alone.</summary>
    public required EnsembleMember BestMember { get; init; }

    /// <summary>The ensemble's Pearson minus that member's.</summary>
    public required double Gain { get; init; }

    /// <summary>The 95 % bootstrap interval of the gain over videos; null for one video.</summary>
    public required ScoreInterval? GainInterval { get; init; }

    /// <summary>
    /// Fitted weights: the Pearson on videos that the weights were not fitted on (five folds); null for a plain mean, or with fewer than two videos.
    /// </summary>
    public double? CrossValidatedPearson { get; init; }

    /// <summary>Fitted weights: how far they were shrunk towards equal ones, from 0 to 1; at 1 the plain mean was best. Null for a plain mean.</summary>
    public double? Shrinkage { get; init; }
}
