namespace Evoke.Datasets.Ratings.Reading;

/// <summary>What the columns of a table of ratings are.</summary>
public enum TableLayout
{
    /// <summary>A row for each time; a column for each curve, or one for its name and one for its value.</summary>
    Rows,

    /// <summary>A row for each trace; a column for each time.</summary>
    Times,

    /// <summary>A row for each time; a column for each rater.</summary>
    Raters,
}
