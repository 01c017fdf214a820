using System.Collections.Immutable;
using Evoke.Datasets.Labels;

namespace Evoke.Experiments.Folds;

/// <summary>The result of a cross-validation: every video was predicted by a model that was trained on others.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record CrossValidationReport
{
    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>The labels; null if they are not of one file.</summary>
    public LabelFile? Labels { get; init; }

    /// <summary>How many seconds earlier the labels were moved before training and scoring.</summary>
    public required double Lag { get; init; }

    /// <summary>The lag that each fold found on its training videos, in seconds; empty if none was looked for. Predictions come later by it.</summary>
    public ImmutableArray<double> FoldLags { get; init; } = [];

    /// <summary>Which epoch of each run was used: "best" or "last".</summary>
    public required string Epoch { get; init; }

    /// <summary>How videos were grouped.</summary>
    public required string Grouping { get; init; }

    /// <summary>Number of folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Number of groups.</summary>
    public required int Groups { get; init; }

    /// <summary>Number of videos.</summary>
    public required int Videos { get; init; }

    /// <summary>Ids of videos with labels but without features: they were left out.</summary>
    public required ImmutableArray<string> MissingVideos { get; init; }

    /// <summary>The model first, then the baselines.</summary>
    public required ImmutableArray<ModelEstimate> Models { get; init; }
}
