using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Training.Runs;

/// <summary>What a validation says.</summary>
/// <param name="All">Over all rows: the challenge's protocol.</param>
/// <param name="Detected">Over rows in which a face was detected.</param>
internal sealed record ValidationScores(DatasetScores All, DatasetScores Detected)
{
    public const string Pearson = "pearson";
    public const string PearsonDetectedOnly = "pearson_detected_only";
    public const string Ccc = "ccc";

    /// <summary>The scores by name.</summary>
    public ImmutableSortedDictionary<string, double> ByName { get; } = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, double> { [Pearson] = All.Pearson, [PearsonDetectedOnly] = Detected.Pearson, [Ccc] = All.Concordance });

    /// <summary>How each video scored over all rows, best first; equals in the order of the set.</summary>
    public ImmutableArray<VideoPearson> VideosBestFirst => [.. All.Videos.Select(video => new VideoPearson(video.VideoId, video.MeanPearson)).OrderByDescending(video => video.Pearson)];
}
