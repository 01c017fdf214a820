using System.Collections.Immutable;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Datasets.Ratings;

/// <summary>Ratings as a data set.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record ImportedRatings
{
    /// <summary>How it was made.</summary>
    public required RatingImportOptions Options { get; init; }

    /// <summary>How each file was understood.</summary>
    public required ImmutableArray<UnderstoodFile> Files { get; init; }

    /// <summary>The videos, in the order in which they were found.</summary>
    public required ImmutableArray<string> Videos { get; init; }

    /// <summary>The names of the curves.</summary>
    public required ImmutableArray<string> CurveNames { get; init; }

    /// <summary>The scale of each curve's labels, in the same order.</summary>
    public required ImmutableArray<CurveScale> Scales { get; init; }

    /// <summary>All curves of all videos.</summary>
    public required ImmutableArray<ImportedCurve> Curves { get; init; }

    /// <summary>The raters, compared.</summary>
    public required ImmutableArray<RaterSummary> Raters { get; init; }

    /// <summary>Seconds that each rater is later than the median rater; empty if that was not estimated.</summary>
    public required IReadOnlyDictionary<string, double> RaterLags { get; init; }

    /// <summary>The videos for validation; empty if the data set is not divided.</summary>
    public required ImmutableArray<string> Validation { get; init; }

    /// <summary>What the labels are, if they were not made as the options say: "the published consensus of Emo-FilM"; null if they were.</summary>
    public string? LabelSource { get; init; }

    /// <summary>What the user should know, one sentence each.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>One curve of one video; null if it was not rated.</summary>
    public ImportedCurve? Find(string videoId, string curve) => Curves.FirstOrDefault(found => found.Rated.VideoId == videoId && found.Rated.Curve == curve);
}
