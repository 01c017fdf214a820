namespace Evoke.Files;

/// <summary>How long and how often a download is retried.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DownloadOptions
{
    /// <summary>How many times in a row a connection may break without a new byte before the download fails.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; each later one doubles it.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may stay silent before it counts as broken.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Five attempts, a second between the first two, one minute of silence.</summary>
    public static DownloadOptions Default { get; } = new();
}
