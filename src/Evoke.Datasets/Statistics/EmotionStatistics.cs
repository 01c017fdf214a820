using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Datasets.Statistics;

/// <summary>Label statistics of one emotion over a data set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EmotionStatistics
{
    /// <summary>Bins of <see cref="Histogram"/>.</summary>
    public const int HistogramBins = 32;

    /// <summary>The emotion.</summary>
    public required string Emotion { get; init; }

    /// <summary>The range of its labels.</summary>
    public required CurveRange Range { get; init; }

    /// <summary>Share of all rows in which its label is missing, gaps among them, in [0,1].</summary>
    public required double MissingShare { get; init; }

    /// <summary>Share of all rows in which it is 0, rows of zeros among them, in [0,1].</summary>
    public required double ZeroShare { get; init; }

    /// <summary>The smallest value in rows with labels; 0 if there is no such row.</summary>
    public required double Min { get; init; }

    /// <summary>The largest value.</summary>
    public required double Max { get; init; }

    /// <summary>Mean over rows with labels.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation over rows with labels.</summary>
    public required double Deviation { get; init; }

    /// <summary>Median over rows with labels, to a 4096th of the range.</summary>
    public required double Median { get; init; }

    /// <summary>95th percentile over rows with labels, to a 4096th of the range.</summary>
    public required double Percentile95 { get; init; }

    /// <summary>
    /// Autocorrelation at a lag of one second of the labels at 1 Hz, in [-1,1]: mean over the videos in which the emotion varies; null if it varies in
    /// none. 1 is smooth, 0 is noise.
    /// </summary>
    public required double? Smoothness { get; init; }

    /// <summary>Rows with labels in <see cref="HistogramBins"/> equal bins from the lowest value of <see cref="Range"/> to <see cref="Max"/>.</summary>
    public required ImmutableArray<long> Histogram { get; init; }

    /// <summary>The curve of the first video of the set in at most 300 points; not a number in gaps.</summary>
    public required ImmutableArray<float> Example { get; init; }
}
