using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Insights.Summaries;

namespace Evoke.Insights.Rankings;

/// <summary>What a ranking needs of a predicted video: its numbers, without its curves.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RankedVideo
{
    /// <summary>The video's id.</summary>
    public required string VideoId { get; init; }

    /// <summary>The name of its file.</summary>
    public required string SourceName { get; init; }

    /// <summary>The model that predicted it.</summary>
    public required string ModelName { get; init; }

    /// <summary>Lower-case hex SHA-256 of the model's file; empty if it has none.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Duration in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>How many warnings the prediction has.</summary>
    public required int Warnings { get; init; }

    /// <summary>The predicted curves.</summary>
    public required EmotionScheme Scheme { get; init; }

    /// <summary>The video in a few numbers.</summary>
    public required MeasureList Measures { get; init; }

    /// <summary>What lies between its cuts, in order of time; empty if these are not known.</summary>
    public required ImmutableArray<RankedScene> Scenes { get; init; }

    /// <summary>Summarises a prediction.</summary>
    public static RankedVideo Of(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new()
        {
            VideoId = document.VideoId,
            SourceName = document.SourceName,
            ModelName = document.ModelName,
            ModelSha256 = document.ModelSha256,
            DurationSeconds = document.DurationSeconds,
            Warnings = document.Warnings.Count,
            Scheme = document.Curves.Scheme,
            Measures = VideoSummary.Of(document),
            Scenes = FilmScenes.Of(document),
        };
    }
}
