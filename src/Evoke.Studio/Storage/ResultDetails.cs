using System.Collections.Immutable;
using Evoke.Curves.Moments;
using Evoke.Heads.Models;

namespace Evoke.Studio.Storage;

/// <summary>What is shown beside the curves of a result.</summary>
public sealed record ResultDetails
{
    /// <summary>What the model is.</summary>
    public required ModelCard Model { get; init; }

    /// <summary>The model's name in files: that of <see cref="Model"/>, or for a run's file its folder's too ("run/best").</summary>
    public string ModelName { get; init; } = string.Empty;

    /// <summary>The name of the recipe that the model was trained by; empty if by none, or if unknown.</summary>
    public string ModelRecipe { get; init; } = string.Empty;

    /// <summary>The encoders behind the model's features, one line each.</summary>
    public ImmutableArray<string> Encoders { get; init; } = [];

    /// <summary>Names the encoders whose features the result was made from, among those kept of the video.</summary>
    public required string FeatureKey { get; init; }

    /// <summary>The strongest peaks and dips, in time order.</summary>
    public required ImmutableArray<MomentCard> Moments { get; init; }

    /// <summary>Each emotion in a few numbers, in column order.</summary>
    public required ImmutableArray<EmotionSummary> Summary { get; init; }

    /// <summary>The stamp of the model's file when it was read; empty for a model without a file.</summary>
    public string ModelStamp { get; init; } = string.Empty;

    /// <summary>What a person should know about the result; empty if all is well.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
