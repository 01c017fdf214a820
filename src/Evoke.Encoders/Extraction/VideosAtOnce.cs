namespace Evoke.Encoders.Extraction;

/// <summary>How many videos are worth decoding at the same time, and by how many threads each.</summary>
public static class VideosAtOnce
{
    /// <summary>The most that are decoded at once without a request: beyond it disks and memory matter more than cores.</summary>
    public const int Most = 4;

    /// <summary>As many as there are cores, at most <see cref="Most"/>: for encoders that leave cores idle, as descriptors do.</summary>
    public static int Usual => Math.Min(Environment.ProcessorCount, Most);

    /// <summary>How each of several videos at once is decoded: the threads of short ones share the cores.</summary>
    /// <param name="options">How one alone is decoded.</param>
    /// <param name="atOnce">How many at once, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one.</exception>
    public static ExtractionOptions Sharing(ExtractionOptions options, int atOnce)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        return atOnce == 1 ? options : options with { ClipThreads = Math.Max(1, Environment.ProcessorCount / atOnce) };
    }
}
