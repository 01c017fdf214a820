using Evoke.Files;

namespace Evoke.Features;

/// <summary>Progress of an import, an export or a join.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">The video that is done, or has failed.</param>
/// <param name="Position">Which of the videos it is, from 1.</param>
/// <param name="Count">How many videos there are.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record FeatureProgress(string VideoId, int Position, int Count, EvokeException? Error = null);
