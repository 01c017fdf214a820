namespace Evoke.Files;

/// <summary>Progress of a download.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Phase">The current phase.</param>
/// <param name="BytesDone">Bytes on the disk, including those of an earlier run.</param>
/// <param name="BytesTotal">Bytes of the whole file; null while unknown.</param>
public readonly record struct DownloadProgress(DownloadPhase Phase, long BytesDone, long? BytesTotal);
