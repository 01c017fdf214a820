using Evoke.Curves.Films;
using Evoke.Curves.Measures;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export;

/// <summary>The prediction for one video and its details: the source of every export. Immutable.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record PredictionDocument
{
    /// <summary>The video's id: for EEV its YouTube id, else the file's name without extension.</summary>
    public required string VideoId { get; init; }

    /// <summary>Display name: the file's name with its extension, without its folder.</summary>
    public required string SourceName { get; init; }

    /// <summary>Duration of the video in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Name of the model: a file's name, or "affect".</summary>
    public required string ModelName { get; init; }

    /// <summary>The name of the recipe with which the model was trained; empty if none or unknown.</summary>
    public string ModelRecipe { get; init; } = "";

    /// <summary>Lower-case hex SHA-256 of the model's file; empty if the model has none or it is not known.</summary>
    public string ModelSha256 { get; init; } = "";

    /// <summary>What a reader should know about the model, in a sentence or two; empty if nothing.</summary>
    public string ModelDescription { get; init; } = "";

    /// <summary>The encoders behind the model's features, one line each; empty if unknown.</summary>
    public IReadOnlyList<string> Encoders { get; init; } = [];

    /// <summary>The predicted curves, at the requested rate.</summary>
    public required EmotionCurves Curves { get; init; }

    /// <summary>For an ensemble the population standard deviation over its members, on the grid of <see cref="Curves"/>; else null.</summary>
    public EmotionCurves? StandardDeviation { get; init; }

    /// <summary>The viewers' labels with the scheme and grid of <see cref="Curves"/>, NaN where there are none; null if unknown.</summary>
    public EmotionCurves? Labels { get; init; }

    /// <summary>Where <see cref="Labels"/> are from and how well <see cref="Curves"/> agree with them; null if that is not known.</summary>
    public LabelComparison? LabelComparison { get; init; }

    /// <summary>The moments, in order of time; steps are those of <see cref="Curves"/>.</summary>
    public IReadOnlyList<Moment> Moments { get; init; } = [];

    /// <summary>Cuts and loudness of the video; null if they are not known.</summary>
    public FilmTrack? Film { get; init; }

    /// <summary>What picture and sound add to the strongest moment; null if it is not known.</summary>
    public MomentOrigin? StrongestOrigin { get; init; }

    /// <summary>The video in a few numbers; null if it was not summarised.</summary>
    public MeasureList? Measures { get; init; }

    /// <summary>Warnings about this prediction; empty if there are none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
