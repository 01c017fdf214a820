using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Curves.Metrics;

namespace Evoke.Training.Evaluation;

/// <summary>How well predictions agree with labels over a dataset.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections or adds to <see cref="Details"/>.</remarks>
public sealed record EvaluationReport
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The challenge's score: Pearson over all rows, mean over emotions, then over videos. A constant curve scores 0.</summary>
    public required double Pearson { get; init; }

    /// <summary>The 95 % bootstrap interval of that score over videos; null for one video.</summary>
    public required ScoreInterval? PearsonInterval { get; init; }

    /// <summary>The same over rows with labels: in EEV, rows in which a face was detected, that is, in which some label is not 0.</summary>
    public required double PearsonDetectedOnly { get; init; }

    /// <summary>Concordance correlation over all rows.</summary>
    public required double Ccc { get; init; }

    /// <summary>Spearman's rank correlation over all rows, likewise; null in reports that do not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Spearman => Details?.MeanOf(ScoreKind.Spearman);

    /// <summary>Root mean square error over all rows, likewise, in the unit of the labels; null in reports that do not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rmse => Details?.MeanOf(ScoreKind.Rmse);

    /// <summary>Mean absolute error over all rows, likewise, in the unit of the labels; null in reports that do not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Mae => Details?.MeanOf(ScoreKind.Mae);

    /// <summary>How many videos were scored.</summary>
    public required int Videos { get; init; }

    /// <summary>How many rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Videos without predictions, scored as zeros as the challenge did.</summary>
    public IReadOnlyList<string> MissingVideos { get; init; } = [];

    /// <summary>What users should know about the tables, and about the features that a model predicted from; empty if there is nothing to report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Scores by emotion; an emotion without any label is left out.</summary>
    public required IReadOnlyDictionary<string, EmotionScore> Emotions { get; init; }

    /// <summary>Scores by emotion over the rows of all videos together; null in reports that do not have them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, CurveScores>? Pooled => Details is { } details
        ? details.Scheme.Names.Zip(details.Pooled).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!)
        : null;

    /// <summary>Scores by video, in the order of the labels.</summary>
    public required IReadOnlyList<VideoScore> PerVideo { get; init; }

    /// <summary>All scores of all videos and curves; null in reports that do not have them.</summary>
    [JsonIgnore]
    public ScoreTable? Details { get; init; }

    /// <summary>
    /// The 95 % bootstrap interval of the difference between this Pearson and another's. Both are scored on the same resampled videos, so that videos that
    /// are hard for both do not widen the interval. Null for one video.
    /// </summary>
    /// <param name="other">Scores of the same videos.</param>
    /// <exception cref="ArgumentException">The reports cover different videos.</exception>
    public ScoreInterval? GainIntervalOver(EvaluationReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PerVideo.Select(video => video.Id).SequenceEqual(other.PerVideo.Select(video => video.Id), StringComparer.Ordinal)
            ? Bootstrap.Of([.. PerVideo.Zip(other.PerVideo, (mine, theirs) => mine.Pearson - theirs.Pearson)], Bootstrap.Seed)
            : throw new ArgumentException("Both reports must cover the same videos in the same order.", nameof(other));
    }

    /// <summary>The report as JSON: keys in snake case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Combines the scores of both protocols.</summary>
    internal static EvaluationReport Of(
        DatasetScores all, DatasetScores detected, ScoreTable? details, long rows, IReadOnlyList<string> missing, int seed)
    {
        Dictionary<string, VideoCurveScores>? detailed = details?.Videos.ToDictionary(video => video.VideoId, StringComparer.Ordinal);
        Dictionary<string, VideoScores> honest = detected.Videos.ToDictionary(video => video.VideoId, StringComparer.Ordinal);
        ImmutableArray<double> pearson = all.PearsonByEmotion, found = detected.PearsonByEmotion, concordance = all.ConcordanceByEmotion;
        return new()
        {
            Pearson = all.Pearson,
            PearsonInterval = Bootstrap.Of([.. all.Videos.Select(video => video.MeanPearson)], seed),
            PearsonDetectedOnly = detected.Pearson,
            Ccc = all.Concordance,
            Videos = all.Videos.Count,
            Rows = rows,
            MissingVideos = missing,
            Emotions = all.Scheme.Names.Select(
                (name, i) => (name, new EmotionScore(pearson[i], double.IsNaN(found[i]) ? null : found[i], concordance[i])
                {
                    Spearman = details?.MeanOf(ScoreKind.Spearman, i),
                    Rmse = details?.MeanOf(ScoreKind.Rmse, i),
                    Mae = details?.MeanOf(ScoreKind.Mae, i),
                }))
                .Where(pair => !double.IsNaN(pair.Item2.Pearson))
                .ToDictionary(pair => pair.name, pair => pair.Item2),
            PerVideo =
            [
                .. all.Videos.Select(
                    video => new VideoScore(video.VideoId, video.MeanPearson, honest.GetValueOrDefault(video.VideoId)?.MeanPearson, video.MeanConcordance)
                    {
                        Spearman = detailed?[video.VideoId].MeanOf(ScoreKind.Spearman),
                        Rmse = detailed?[video.VideoId].MeanOf(ScoreKind.Rmse),
                        Mae = detailed?[video.VideoId].MeanOf(ScoreKind.Mae),
                    }),
            ],
            Details = details,
        };
    }
}
