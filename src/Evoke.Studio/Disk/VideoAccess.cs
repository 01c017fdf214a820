using Evoke.Studio.Errors;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Disk;

/// <summary>Opens the files of videos and no others.</summary>
internal sealed class VideoAccess
{
    private readonly RootFolders _roots;

    /// <summary>Allows uploads and files below <paramref name="roots"/>.</summary>
    public VideoAccess(RootFolders roots) => _roots = roots;

    /// <summary>The file of a video. Checks again that a file added from a root folder is still below one, since links may have changed.</summary>
    /// <exception cref="StudioRequestException">The file is missing (410), or no longer below a root folder (403).</exception>
    public string OpenablePath(VideoRecord video)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (!File.Exists(video.Path))
        {
            throw new StudioRequestException(StatusCodes.Status410Gone, $"The file of '{video.Name}' has been moved or deleted.");
        }

        return video.Owned || _roots.IsInside(RootFolders.RealPath(video.Path))
            ? video.Path
            : throw new StudioRequestException(StatusCodes.Status403Forbidden, $"The file of '{video.Name}' is not in a folder that Studio may read (--root).");
    }
}
