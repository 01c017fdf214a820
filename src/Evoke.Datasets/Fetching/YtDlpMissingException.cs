using Evoke.Files;

namespace Evoke.Datasets.Fetching;

/// <summary>yt-dlp is not there or may not be run.</summary>
public sealed class YtDlpMissingException(string program, Exception? innerException)
    : EvokeException(
        $"'{program}' could not be started, so no video can be fetched. Install it (pipx install yt-dlp; see https://github.com/yt-dlp/yt-dlp/wiki/Installation), or name it in the environment variable {VideoFetchOptions.ProgramVariable}.",
        innerException)
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}
