using System.Collections.Immutable;

namespace Evoke.Cluster.Planning;

/// <summary>One video that was extracted for a plan.</summary>
/// <param name="VideoId">Its id.</param>
/// <param name="DurationSeconds">How long it is.</param>
/// <param name="Seconds">How long its extraction took.</param>
/// <param name="FeatureBytes">Size of its feature file.</param>
public sealed record MeasuredVideo(string VideoId, double DurationSeconds, double Seconds, long FeatureBytes);

/// <summary>What extraction costs on a machine: a time and a size for each video, and for each second of it.</summary>
public sealed record ExtractionCost
{
    /// <summary>The videos that this was measured on.</summary>
    public required ImmutableArray<MeasuredVideo> Videos { get; init; }

    /// <summary>From the start of a process until its first video is in hand, networks loaded and warm; in seconds.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Seconds for each video, whatever its length: opening a file, starting decoders.</summary>
    public required double SecondsPerVideo { get; init; }

    /// <summary>Seconds for each second of video.</summary>
    public required double SecondsPerSecond { get; init; }

    /// <summary>Bytes of features for each video, whatever its length.</summary>
    public required double BytesPerVideo { get; init; }

    /// <summary>Bytes of features for each second of video.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>By how much single videos differ from the line through all: root of the mean square, as a share of the expected time.</summary>
    public required double Spread { get; init; }

    /// <summary>Expected seconds of one video's extraction.</summary>
    public double SecondsOf(double durationSeconds) => SecondsPerVideo + (SecondsPerSecond * durationSeconds);

    /// <summary>Expected bytes of one video's features.</summary>
    public double BytesOf(double durationSeconds) => BytesPerVideo + (BytesPerSecond * durationSeconds);

    /// <summary>The line that fits the measured videos best.</summary>
    /// <param name="startSeconds">See <see cref="StartSeconds"/>.</param>
    /// <param name="videos">At least one, each longer than 0 s.</param>
    /// <exception cref="ArgumentException">There is no video.</exception>
    public static ExtractionCost Fit(double startSeconds, IReadOnlyList<MeasuredVideo> videos)
    {
        ArgumentNullException.ThrowIfNull(videos);
        if (videos.Count == 0)
        {
            throw new ArgumentException("A cost is measured on at least one video.", nameof(videos));
        }

        CostLine seconds = CostLine.Through([.. videos.Select(video => (video.DurationSeconds, video.Seconds))]);
        CostLine bytes = CostLine.Through([.. videos.Select(video => (video.DurationSeconds, (double)video.FeatureBytes))]);
        double meanSquare = videos.Average(video => Math.Pow((video.Seconds / seconds.At(video.DurationSeconds)) - 1, 2));
        return new ExtractionCost
        {
            Videos = [.. videos],
            StartSeconds = startSeconds,
            SecondsPerVideo = seconds.Each,
            SecondsPerSecond = seconds.PerSecond,
            BytesPerVideo = bytes.Each,
            BytesPerSecond = bytes.PerSecond,
            Spread = Math.Sqrt(meanSquare),
        };
    }
}
