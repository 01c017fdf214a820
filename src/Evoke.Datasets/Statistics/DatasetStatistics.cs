using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Datasets.Statistics;

/// <summary>Statistics of a label file: its size, its gaps, and the distribution of each emotion.</summary>
/// <remarks>
/// A gap is a run of rows without labels: all are missing, or, where the scheme says so as EEV's does, all are zero, because no face was detected. Such labels
/// are missing, not "no emotion" (PAPER, "EEV dataset files"). Immutable and thread-safe.
/// </remarks>
public sealed record DatasetStatistics
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>How many videos it has.</summary>
    public required int Videos { get; init; }

    /// <summary>How many rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Hours of video.</summary>
    public required double Hours { get; init; }

    /// <summary>Rows per second (Hz) of the first video, as its timestamps say.</summary>
    public required Rate Rate { get; init; }

    /// <summary>What the timestamps of the first video count.</summary>
    public required TimestampUnit Timestamps { get; init; }

    /// <summary>Share of rows without labels, in [0,1].</summary>
    public required double GapShare { get; init; }

    /// <summary>How many gaps there are: runs of such rows.</summary>
    public required int Gaps { get; init; }

    /// <summary>Length of the longest gap in seconds.</summary>
    public required double LongestGapSeconds { get; init; }

    /// <summary>Id of the video that the examples are from.</summary>
    public required string ExampleVideo { get; init; }

    /// <summary>One for each emotion, in column order.</summary>
    public required ImmutableArray<EmotionStatistics> Emotions { get; init; }

    /// <summary>Reads a file in one pass, one video at a time in memory.</summary>
    /// <param name="path">A CSV file in EEV's format with labels.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="EevCsvException">The file is not in EEV's format or has no labels; the message names the line.</exception>
    /// <exception cref="EmptyDatasetException">The file has no row.</exception>
    public static DatasetStatistics Read(string path, CancellationToken cancellationToken = default)
    {
        StatisticsGathering? gathering = null;
        foreach (LabelledVideo video in EevCsv.ReadLabels(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            gathering ??= new StatisticsGathering(path, video);
            gathering.Add(video.Curves);
        }

        return gathering?.Complete() ?? throw new EmptyDatasetException(path);
    }
}
