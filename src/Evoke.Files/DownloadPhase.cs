namespace Evoke.Files;

/// <summary>What a download is doing.</summary>
public enum DownloadPhase
{
    /// <summary>Another process fetches the same file; this one waits for it.</summary>
    WaitingForAnother,

    /// <summary>Bytes arrive.</summary>
    Downloading,

    /// <summary>The connection broke; it is tried again after a pause.</summary>
    Retrying,

    /// <summary>The whole file is hashed and its structure checked.</summary>
    Checking,
}
