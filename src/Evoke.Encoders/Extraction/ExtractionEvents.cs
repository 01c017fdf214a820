using Evoke.Features;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>An event of an <see cref="ExtractionRun"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Video">Which video it is about.</param>
/// <param name="Position">Which of the run's videos it is, from 1.</param>
/// <param name="Count">How many videos the run has.</param>
public abstract record ExtractionEvent(VideoFile Video, int Position, int Count)
{
    /// <summary>The progress of the whole run.</summary>
    public ExtractionWork Work { get; init; }
}

/// <summary>A video is being decoded and encoded.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VideoAdvanced(VideoFile Video, int Position, int Count, ExtractionProgress Progress) : ExtractionEvent(Video, Position, Count);

/// <summary>A video's features have been written.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
public sealed record VideoExtracted(VideoFile Video, int Position, int Count, VideoFeatures Features) : ExtractionEvent(Video, Position, Count);

/// <summary>A video already had features, extracted from the same file with the same settings.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VideoSkipped(VideoFile Video, int Position, int Count) : ExtractionEvent(Video, Position, Count);

/// <summary>A video has features, but not the expected ones: they are about to be extracted again.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Video">Which video.</param>
/// <param name="Position">Which of the run's videos it is, from 1.</param>
/// <param name="Count">How many videos the run has.</param>
/// <param name="Reason">What was found and what was expected; the same for all videos whose features come from the same other encoder.</param>
public sealed record VideoOutdated(VideoFile Video, int Position, int Count, string Reason) : ExtractionEvent(Video, Position, Count);

/// <summary>A video could not be read; the run goes on.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VideoFailed(VideoFile Video, int Position, int Count, EvokeException Error) : ExtractionEvent(Video, Position, Count);

/// <summary>A video was being extracted when the run was told to stop and could not be finished in time: nothing of it was kept.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VideoDropped(VideoFile Video, int Position, int Count) : ExtractionEvent(Video, Position, Count);
