using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Measures;
using Evoke.Curves.Moments;
using Evoke.Heads.Models;

namespace Evoke.Studio.Storage;

/// <summary>What a result holds besides its curves.</summary>
internal sealed record ResultDetails
{
    /// <summary>The model card.</summary>
    public required ModelCard Model { get; init; }

    /// <summary>The range of each curve, in column order; null if all are from 0 to 1.</summary>
    public IReadOnlyList<CurveRange>? Ranges { get; init; }

    /// <summary>The model's name in exported files: that of <see cref="Model"/>, with the folder's name for a file of a run ("run/best").</summary>
    public string ModelName { get; init; } = string.Empty;

    /// <summary>The model's name in exported files, also of a result that has none: then the name by which the library knows the model.</summary>
    public string NameOf(string model) => ModelName.Length > 0 ? ModelName : model;

    /// <summary>The name of the recipe with which the model was trained; empty if none or unknown.</summary>
    public string ModelRecipe { get; init; } = string.Empty;

    /// <summary>Lower-case hex SHA-256 of the model's file; empty if it has none, and in results of versions that did not store it.</summary>
    public string ModelSha256 { get; init; } = string.Empty;

    /// <summary>What picture and sound add to the strongest moment; null if unknown.</summary>
    public MomentOrigin? StrongestOrigin { get; init; }

    /// <summary>The encoders behind the model's features, one line each.</summary>
    public ImmutableArray<string> Encoders { get; init; } = [];

    /// <summary>Identifies the stored features of the video from which the result was computed.</summary>
    public required string FeatureKey { get; init; }

    /// <summary>The strongest peaks and dips, in time order.</summary>
    public required ImmutableArray<MomentCard> Moments { get; init; }

    /// <summary>Summary statistics of each emotion, in column order.</summary>
    public required ImmutableArray<EmotionSummary> Summary { get; init; }

    /// <summary>The stamp of the model's file when it was read; empty for a model without a file.</summary>
    public string ModelStamp { get; init; } = string.Empty;

    /// <summary>Warnings about the result; empty if there are none.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
