using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;

namespace Evoke.Heads.Reactions;

/// <summary>A model's prediction for one video.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record Prediction
{
    /// <summary>The video's id: for EEV its YouTube id, else the file's name without extension.</summary>
    public required string VideoId { get; init; }

    /// <summary>The name of the source file, without its folder.</summary>
    public required string SourceName { get; init; }

    /// <summary>Duration of the video in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The curves at the requested rate: ceil(duration * rate) rows, linearly interpolated between the model's own points (paper, section
    /// 3.2).</summary>
    public required EmotionCurves Curves { get; init; }

    /// <summary>The curves at the model's own rate.</summary>
    public required EmotionCurves Sparse { get; init; }

    /// <summary>For an ensemble the population standard deviation over its members, on the grid of <see cref="Curves"/>; else null.</summary>
    public EmotionCurves? StandardDeviation { get; init; }

    /// <summary>Name of the model: a file's name without extension, for a run's file after its folder's ("run/best"), or "affect".</summary>
    public required string ModelName { get; init; }

    /// <summary>The name of the recipe that the model was trained with; empty if there is none.</summary>
    public string ModelRecipe { get; init; } = "";

    /// <summary>Lower-case hex SHA-256 of the model's file; empty if it has none.</summary>
    public string ModelSha256 { get; init; } = "";

    /// <summary>A sentence about the model; empty if there is none.</summary>
    public string ModelSummary { get; init; } = "";

    /// <summary>The encoders that were used.</summary>
    public IReadOnlyList<string> Encoders { get; init; } = [];

    /// <summary>Warnings about this prediction; empty if there are none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The document that all exports write, with the moments that stand out.</summary>
    /// <param name="moments">What counts as a moment; null for the defaults.</param>
    public PredictionDocument ToDocument(MomentOptions? moments = null) => new()
    {
        VideoId = VideoId,
        SourceName = SourceName,
        DurationSeconds = DurationSeconds,
        ModelName = ModelName,
        ModelRecipe = ModelRecipe,
        ModelSha256 = ModelSha256,
        ModelDescription = ModelSummary,
        Encoders = Encoders,
        Curves = Curves,
        StandardDeviation = StandardDeviation,
        Moments = MomentFinder.Find(Curves, moments),
        Warnings = Warnings,
    };
}
