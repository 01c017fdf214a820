using System.Net;
using Evoke.Heads.Networks;

namespace Evoke.Studio.Options;

/// <summary>How Studio runs: where it listens, which folders it may read, and its limits.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record StudioOptions
{
    /// <summary>The address to listen on. Any other than a loopback address needs <see cref="Token"/>.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port to listen on; 0 lets the system choose a free one.</summary>
    public int Port { get; init; } = 5180;

    /// <summary>The folder for the database, uploads, features and thumbnails. Created if missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folders whose videos may be added by path; nothing else on the machine can be read.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>The secret that every request must carry; null for none, which is allowed on loopback only.</summary>
    public string? Token { get; init; }

    /// <summary>The largest upload, in bytes.</summary>
    public long MaxUploadBytes { get; init; } = 8L << 30;

    /// <summary>The most that all uploads, previews and ratings together may use, in bytes.</summary>
    public long QuotaBytes { get; init; } = 64L << 30;

    /// <summary>The longest video that is analysed.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The most picture and sound streams that a file may have.</summary>
    public int MaxStreams { get; init; } = 64;

    /// <summary>The longest that one job may run.</summary>
    public TimeSpan JobTimeLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often a job that waits for disk space looks whether there is room.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a removed video can be put back. It goes earlier if its room is needed.</summary>
    public TimeSpan UndoTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The most jobs that may wait at the same time.</summary>
    public int MaxQueuedJobs { get; init; } = 1_000;

    /// <summary>The model used when a request names none.</summary>
    public string DefaultModel { get; init; } = "affect";

    /// <summary>Folders searched for model files; models that need no file are always available.</summary>
    public IReadOnlyList<string> ModelFolders { get; init; } = [];

    /// <summary>The heads that model files may name: those that come with Evoke, and those that the program adds.</summary>
    public HeadCatalog Heads { get; init; } = HeadCatalog.Default;
}
