namespace Evoke.Curves.Ratings;

/// <summary>How the curves of several raters become one.</summary>
public enum GoldStandardKind
{
    /// <summary>The mean of the raters.</summary>
    Mean,

    /// <summary>Their median.</summary>
    Median,

    /// <summary>
    /// The evaluator weighted estimator, after Grimm and Kroschel (2005): a mean with a weight for each rater, video and curve. Here the weight is the
    /// rater's correlation with the mean of the others, not of all raters, which contains the rater; negative weights are 0.
    /// </summary>
    Ewe,
}
