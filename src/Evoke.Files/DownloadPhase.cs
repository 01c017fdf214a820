namespace Evoke.Files;

/// <summary>What a download is doing.</summary>
public enum DownloadPhase
{
    /// <summary>Another process is downloading the same file; this one waits for it.</summary>
    WaitingForAnother,

    /// <summary>Bytes are arriving.</summary>
    Downloading,

    /// <summary>The connection broke; it is retried after a pause.</summary>
    Retrying,

    /// <summary>The whole file is being hashed and its structure checked.</summary>
    Checking,
}
