namespace Evoke.Files;

/// <summary>A file could not be downloaded: the server refuses it, or the connection keeps breaking.</summary>
public sealed class DownloadException(Uri address, string problem, Exception? innerException = null)
    : EvokeException($"{address}: {problem}", innerException)
{
    /// <summary>The address of the download.</summary>
    public Uri Address { get; } = address;
}
