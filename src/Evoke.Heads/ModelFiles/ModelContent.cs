using Evoke.Heads.Inputs;
using Evoke.Heads.Networks;

namespace Evoke.Heads.ModelFiles;

/// <summary>One trained model, ready to write.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
public sealed record ModelContent
{
    /// <summary>What it is.</summary>
    public required ModelDescription Description { get; init; }

    /// <summary>The head's tensors, as <see cref="ReactionHead.CopyWeights"/> gives them.</summary>
    public required IReadOnlyList<NamedWeights> Weights { get; init; }

    /// <summary>Statistics of the visual features where they are standardised; else null.</summary>
    public FeatureStatistics? VisualStatistics { get; init; }

    /// <summary>Statistics of the audio features where they are standardised; else null.</summary>
    public FeatureStatistics? AudioStatistics { get; init; }
}
