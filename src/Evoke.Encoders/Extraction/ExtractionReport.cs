using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Encoders.Extraction;

/// <summary>How a run ended.</summary>
public sealed record ExtractionReport
{
    /// <summary>Videos whose features were made.</summary>
    public required IReadOnlyList<VideoFile> Extracted { get; init; }

    /// <summary>Videos whose features were there.</summary>
    public required IReadOnlyList<VideoFile> Skipped { get; init; }

    /// <summary>Videos that could not be read.</summary>
    public required IReadOnlyList<VideoFailure> Failed { get; init; }

    /// <summary>Videos that are left for another run, because this one was told to stop, or was ended by an error.</summary>
    public IReadOnlyList<VideoFile> Left { get; init; } = [];

    /// <summary>What ended the run before its time, such as a full disk: it would have failed every other video too. Null if nothing did.</summary>
    public EvokeException? EndedBy { get; init; }
}
