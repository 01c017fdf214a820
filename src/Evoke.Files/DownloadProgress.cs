namespace Evoke.Files;

/// <summary>Progress of a download.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="BytesDone">Bytes that are on the disk, those of an earlier run included.</param>
/// <param name="BytesTotal">Bytes of the whole file; null while the server has not said.</param>
public readonly record struct DownloadProgress(DownloadPhase Phase, long BytesDone, long? BytesTotal);
