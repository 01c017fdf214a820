using System.Collections.Immutable;
using System.Globalization;

namespace Evoke.Experiments.Folds;

/// <summary>One fold: which videos are predicted by a model that was trained on others.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Number">Counted from 1.</param>
/// <param name="Test">The videos to predict.</param>
/// <param name="Validation">The videos by which the epoch is chosen.</param>
/// <param name="Train">The videos to train on.</param>
public sealed record Fold(int Number, ImmutableArray<string> Test, ImmutableArray<string> Validation, ImmutableArray<string> Train)
{
    /// <summary>"fold-1": its folder.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"fold-{Number}");
}
