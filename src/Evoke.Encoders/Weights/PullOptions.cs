namespace Evoke.Encoders.Weights;

/// <summary>How weights are fetched.</summary>
public sealed record PullOptions
{
    /// <summary>True to fetch again what is there already.</summary>
    public bool Force { get; init; }

    /// <summary>Another address of the same file, asked instead of the published one and its mirrors; null for those.</summary>
    public Uri? From { get; init; }

    /// <summary>A SHA-256 in hex, or its first digits, that the file must have besides the registry's; null for none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How often in a row a connection may break without one more byte having come before it is given up.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; each later one doubles it.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may stay silent before it counts as broken.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Five attempts, a second between the first two, one minute of silence.</summary>
    public static PullOptions Default { get; } = new();
}

/// <summary>How far a pull has come.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="BytesDone">Bytes that are on the disk, those of an earlier run included.</param>
/// <param name="BytesTotal">Bytes of the whole file; null while the server has not said.</param>
public readonly record struct PullProgress(PullPhase Phase, long BytesDone, long? BytesTotal);

/// <summary>What a pull is doing.</summary>
public enum PullPhase
{
    /// <summary>Another process pulls the same file; this one waits for it.</summary>
    WaitingForAnother,

    /// <summary>Bytes arrive.</summary>
    Downloading,

    /// <summary>The connection broke; it is tried again after a pause.</summary>
    Retrying,

    /// <summary>The whole file is hashed and its structure looked over.</summary>
    Checking,
}
