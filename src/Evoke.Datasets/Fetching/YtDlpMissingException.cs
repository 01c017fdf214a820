using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>yt-dlp is not installed or cannot be run.</summary>
public sealed class YtDlpMissingException(string program, Exception? innerException)
    : EvokeException(
        $"'{program}' could not be started, so no video can be downloaded. "
        + "Install it (pipx install yt-dlp; see https://github.com/yt-dlp/yt-dlp/wiki/Installation), "
        + $"or set the environment variable {VideoFetchOptions.ProgramVariable} to its path.",
        innerException)
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}
