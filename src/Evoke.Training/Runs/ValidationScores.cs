using System.Collections.Immutable;
using Evoke.Curves.Metrics;

namespace Evoke.Training.Runs;

/// <summary>The scores of a validation.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="All">Over all rows: the challenge's protocol.</param>
/// <param name="Detected">Over rows in which a face was detected.</param>
public sealed record ValidationScores(DatasetScores All, DatasetScores Detected)
{
    /// <summary>Name of the mean Pearson over all rows.</summary>
    public const string Pearson = "pearson";

    /// <summary>Name of the mean Pearson over rows with labels.</summary>
    public const string PearsonDetectedOnly = "pearson_detected_only";

    /// <summary>Name of the mean concordance correlation over all rows.</summary>
    public const string Ccc = "ccc";

    /// <summary>The names of all scores.</summary>
    public static IReadOnlyList<string> Names { get; } = [Pearson, PearsonDetectedOnly, Ccc];

    /// <summary>The scores by name.</summary>
    public ImmutableSortedDictionary<string, double> ByName { get; } = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, double> { [Pearson] = All.Pearson, [PearsonDetectedOnly] = Detected.Pearson, [Ccc] = All.Concordance });

    /// <summary>How each video scored over all rows, best first; ties in the order of the set.</summary>
    public ImmutableArray<VideoPearson> VideosBestFirst =>
        [.. All.Videos.Select(video => new VideoPearson(video.VideoId, video.MeanPearson)).OrderByDescending(video => video.Pearson)];
}
