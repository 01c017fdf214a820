using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Splits;

namespace Evoke.Datasets.Ratings;

/// <summary>How ratings become a data set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RatingImportOptions
{
    /// <summary>Files and folders of ratings, at least one.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>How they are written; what is not said is recognised.</summary>
    public RatingMapping Mapping { get; init; } = new();

    /// <summary>The scales that raters were given. Values outside are mistakes; without a scale, one is recognised.</summary>
    public ImmutableArray<RatingRange> Ranges { get; init; } = [];

    /// <summary>Labels per second.</summary>
    public Rate Rate { get; init; } = new(2);

    /// <summary>How the curves of several raters become one.</summary>
    public GoldStandardKind Gold { get; init; }

    /// <summary>True to standardise each rater's values of a curve over all videos before that.</summary>
    public bool ZScores { get; init; }

    /// <summary>How late raters answer, in seconds: everything is moved earlier by this.</summary>
    public double LagSeconds { get; init; }

    /// <summary>True to estimate how much later than the others each rater answers, and to move their traces by that too.</summary>
    public bool AlignRaters { get; init; }

    /// <summary>The share of the videos that is for validation, 0 or more and below 1; 0 for no division. Groups may make it a little more.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Which videos belong together: all of them are for validation, or none.</summary>
    public VideoGroups Groups { get; init; } = VideoGroups.None;
}
