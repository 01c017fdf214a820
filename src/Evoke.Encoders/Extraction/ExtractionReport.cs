using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>How a run ended.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record ExtractionReport
{
    /// <summary>Videos whose features were extracted.</summary>
    public required IReadOnlyList<VideoFile> Extracted { get; init; }

    /// <summary>Videos that already had features.</summary>
    public required IReadOnlyList<VideoFile> Skipped { get; init; }

    /// <summary>Videos that could not be read.</summary>
    public required IReadOnlyList<VideoFailure> Failed { get; init; }

    /// <summary>Videos left for another run, because this one was told to stop or was ended by an error.</summary>
    public IReadOnlyList<VideoFile> Left { get; init; } = [];

    /// <summary>What is wrong with the list of an earlier run's failures if it is damaged: see <see cref="FailureList.Damage"/>.</summary>
    public FailureFileException? DamagedList { get; init; }

    /// <summary>The error that ended the run early, such as a full disk, which would have failed every other video too; null if there was none.</summary>
    public EvokeException? EndedBy { get; init; }
}
