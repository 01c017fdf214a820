using Evoke.Studio.Errors;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Disk;

/// <summary>Opens the files behind videos, and no others.</summary>
public sealed class VideoAccess
{
    private readonly RootFolders _roots;

    /// <summary>Lets through uploads and files below <paramref name="roots"/>.</summary>
    public VideoAccess(RootFolders roots) => _roots = roots;

    /// <summary>The file of a video, checked once more: a file under a root must still be one, whatever became of the links on its way.</summary>
    /// <exception cref="StudioRequestException">The file is gone (410), or no longer in an open folder (403).</exception>
    public string OpenablePath(VideoRecord video)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (!File.Exists(video.Path))
        {
            throw new StudioRequestException(StatusCodes.Status410Gone, $"The file of '{video.Name}' is no longer where it was.");
        }

        return video.Owned || _roots.IsInside(RootFolders.RealPath(video.Path))
            ? video.Path
            : throw new StudioRequestException(StatusCodes.Status403Forbidden, $"The file of '{video.Name}' is not in a folder open to Studio (--root).");
    }
}
