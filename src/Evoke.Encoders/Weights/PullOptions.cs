using Evoke.Files;

namespace Evoke.Encoders.Weights;

/// <summary>How weights are fetched.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PullOptions
{
    /// <summary>True to download weights again that are already installed.</summary>
    public bool Force { get; init; }

    /// <summary>Another address of the same file, used instead of the published one and its mirrors; null for those.</summary>
    public Uri? From { get; init; }

    /// <summary>A SHA-256 in hex, or its first digits, that the file must have besides the registry's; null for none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How the connection is made and kept.</summary>
    public DownloadOptions Download { get; init; } = DownloadOptions.Default;

    /// <summary>The published address, unless the weights are here already.</summary>
    public static PullOptions Default { get; } = new();
}
