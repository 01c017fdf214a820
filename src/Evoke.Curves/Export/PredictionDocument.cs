using Evoke.Curves.Moments;

namespace Evoke.Curves.Export;

/// <summary>Everything that is said about one video: what every export writes from. Immutable.</summary>
public sealed record PredictionDocument
{
    /// <summary>The video's id: for EEV its YouTube id, else the file's name without extension.</summary>
    public required string VideoId { get; init; }

    /// <summary>The name to show: the file's name with its extension, without its folder.</summary>
    public required string SourceName { get; init; }

    /// <summary>Duration of the video in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Name of the model: a file's name, or "affect".</summary>
    public required string ModelName { get; init; }

    /// <summary>The name of the recipe that the model was trained by; empty if by none, or if unknown.</summary>
    public string ModelRecipe { get; init; } = "";

    /// <summary>What a reader should know about the model, in a sentence or two; empty if nothing.</summary>
    public string ModelDescription { get; init; } = "";

    /// <summary>The encoders behind the model's features, one line each; empty if unknown.</summary>
    public IReadOnlyList<string> Encoders { get; init; } = [];

    /// <summary>The predicted curves, at the rate asked for.</summary>
    public required EmotionCurves Curves { get; init; }

    /// <summary>For an ensemble the population standard deviation over its members, on the grid of <see cref="Curves"/>; else null.</summary>
    public EmotionCurves? StandardDeviation { get; init; }

    /// <summary>What viewers really felt, where that is known, on the grid of <see cref="Curves"/>; else null.</summary>
    public EmotionCurves? Labels { get; init; }

    /// <summary>What stands out, in time order; steps are those of <see cref="Curves"/>.</summary>
    public IReadOnlyList<Moment> Moments { get; init; } = [];

    /// <summary>What a person should know about this prediction; empty if all is well.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
