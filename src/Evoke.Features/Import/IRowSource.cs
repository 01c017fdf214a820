using Evoke.Files;

namespace Evoke.Features.Import;

/// <summary>Open features of one modality, video by video, on the clock that they came with. Not thread-safe: one thread at a time.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>The file or folder, for errors.</summary>
    string Path { get; }

    /// <summary>The ids of all videos, in ordinal order.</summary>
    IReadOnlyList<string> VideoIds { get; }

    /// <summary>Reads one video, which must be one of <see cref="VideoIds"/>.</summary>
    /// <exception cref="EvokeException">Its features cannot be read; other videos are not affected.</exception>
    TimedRows Read(string videoId, CancellationToken cancellationToken);

    /// <summary>The error of this kind of files.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    EvokeException Mistake(string path, string problem);
}
