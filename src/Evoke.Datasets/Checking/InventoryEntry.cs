using Evoke.Media.Videos;

namespace Evoke.Datasets.Checking;

/// <summary>A video file and what its container says.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Video">Its id and path.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="DurationSeconds">Length of its picture, or of the file where that of the picture is unknown; null if both are.</param>
public sealed record InventoryEntry(VideoFile Video, long Bytes, double? DurationSeconds);
