using Evoke.Heads.Models;
using Microsoft.Extensions.Logging;

namespace Evoke.Experiments.Ensembles;

/// <summary>How an ensemble is built.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EnsembleOptions
{
    /// <summary>How many models become members: those with the best validation scores. The paper's is 8.</summary>
    public int Top { get; init; } = 8;

    /// <summary>How members are weighted.</summary>
    public EnsembleWeighting Weighting { get; init; }

    /// <summary>How the networks of the members run.</summary>
    public HeadModelOptions Head { get; init; } = new();

    /// <summary>Where the work is logged; null for silence.</summary>
    public ILogger? Logger { get; init; }
}
