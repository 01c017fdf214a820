namespace Evoke.Curves.Export;

/// <summary>How well one predicted curve agrees with the labels of its video, and how far the raters agree among themselves.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LabelScore
{
    /// <summary>Name of the curve.</summary>
    public required string Emotion { get; init; }

    /// <summary>Number of rows compared: those with a label of this curve. 0 if there are none.</summary>
    public required int Rows { get; init; }

    /// <summary>Pearson's correlation over all rows with a label, in [-1,1]; 0 for a constant curve, null without rows.</summary>
    public required double? Pearson { get; init; }

    /// <summary>The same without rows of zeros, where the labels treat these as missing (see <see cref="EmotionScheme.ZeroRowsAreMissing"/>); else
    /// null.</summary>
    public double? PearsonDetectedOnly { get; init; }

    /// <summary>Lin's concordance correlation over all rows with a label, in [-1,1]; null without rows.</summary>
    public required double? Ccc { get; init; }

    /// <summary>How many raters the labels were made of; null if that is not known.</summary>
    public int? Raters { get; init; }

    /// <summary>The lower noise ceiling: the mean correlation of each rater with the mean of the others; null if it is not known.</summary>
    public double? CeilingLow { get; init; }

    /// <summary>The upper noise ceiling: the mean correlation of each rater with the mean of all; null if it is not known.</summary>
    public double? CeilingHigh { get; init; }
}
