using Evoke.Media;
using Evoke.Media.Probing;
using Evoke.Studio.Errors;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace Evoke.Studio.Disk;

/// <summary>Opens the files of videos and no others.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class VideoAccess : IDisposable
{
    private const int MostKept = 100;
    private readonly RootFolders _roots;
    private readonly MemoryCache _probed = new(new MemoryCacheOptions { SizeLimit = MostKept });

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

    /// <summary>What is in the file of a video. It is kept until the file changes: each picture of a strip of pictures asks for it.</summary>
    /// <exception cref="StudioRequestException">As for <see cref="OpenablePath"/>.</exception>
    /// <exception cref="MediaException">As for <see cref="MediaProbe"/>.</exception>
    public async Task<MediaInfo> ProbeAsync(VideoRecord video, CancellationToken cancellation)
    {
        string path = OpenablePath(video);
        FileInfo file = new(RootFolders.RealPath(path));
        if (!file.Exists)
        {
            return await MediaProbe.ProbeAsync(path, cancellation).ConfigureAwait(false); // It says why.
        }

        (string, long, DateTime) state = (path, file.Length, file.LastWriteTimeUtc);
        if (_probed.Get<MediaInfo>(state) is { } known)
        {
            return known;
        }

        MediaInfo film = await MediaProbe.ProbeAsync(path, cancellation).ConfigureAwait(false);
        return _probed.Set(state, film, new MemoryCacheEntryOptions { Size = 1 });
    }

    /// <inheritdoc/>
    public void Dispose() => _probed.Dispose();
}
