using System.Collections.Immutable;

namespace Evoke.Cluster.Planning;

/// <summary>One video that was extracted for a plan.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">Its id.</param>
/// <param name="DurationSeconds">Its duration in seconds.</param>
/// <param name="Seconds">How long its extraction took, in seconds.</param>
/// <param name="FeatureBytes">Size of its feature file.</param>
public sealed record MeasuredVideo(string VideoId, double DurationSeconds, double Seconds, long FeatureBytes);

/// <summary>The cost of extraction on a machine: a time and a size per video and per second of video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ExtractionCost
{
    /// <summary>The videos that this was measured on.</summary>
    public required ImmutableArray<MeasuredVideo> Videos { get; init; }

    /// <summary>Seconds from the start of a process until it begins its first video, with networks loaded and warm.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Seconds for each video, whatever its length: opening a file, starting decoders.</summary>
    public required double SecondsPerVideo { get; init; }

    /// <summary>Seconds for each second of video.</summary>
    public required double SecondsPerSecond { get; init; }

    /// <summary>Bytes of features for each video, whatever its length.</summary>
    public required double BytesPerVideo { get; init; }

    /// <summary>Bytes of features for each second of video.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>How much single videos deviate from the fitted line: root mean square, as a share of the expected time.</summary>
    public required double Spread { get; init; }

    /// <summary>Expected seconds of one video's extraction.</summary>
    public double SecondsOf(double durationSeconds) => SecondsPerVideo + (SecondsPerSecond * durationSeconds);

    /// <summary>Expected bytes of one video's features.</summary>
    public double BytesOf(double durationSeconds) => BytesPerVideo + (BytesPerSecond * durationSeconds);

    /// <summary>Fits a line to the measured videos.</summary>
    /// <param name="startSeconds">See <see cref="StartSeconds"/>.</param>
    /// <param name="videos">At least one, each longer than 0 s.</param>
    /// <exception cref="ArgumentException">There are no videos.</exception>
    public static ExtractionCost Fit(double startSeconds, IReadOnlyList<MeasuredVideo> videos)
    {
        ArgumentNullException.ThrowIfNull(videos);
        if (videos.Count == 0)
        {
            throw new ArgumentException("At least one measured video is required.", nameof(videos));
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
