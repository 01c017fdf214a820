using Evoke.Files;

namespace Evoke.Media.Videos;

/// <summary>A video that could not be read, and why.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VideoFailure(VideoFile Video, EvokeException Error);
