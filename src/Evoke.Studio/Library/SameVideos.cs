using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Finds the videos of the library that are the same as a file, whatever they are called.</summary>
internal sealed class SameVideos(VideoTable videos, VideoAccess access)
{
    /// <summary>The videos whose file has this size and this sample: almost certainly the same.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="sample">From <see cref="FileSample.OfAsync"/>.</param>
    /// <param name="cancellation">Cancels the reading of files.</param>
    public Task<IReadOnlyList<VideoRecord>> LikeAsync(long bytes, string sample, CancellationToken cancellation) => WhereAsync(bytes, async path =>
        string.Equals(await FileSample.OfAsync(path, cancellation).ConfigureAwait(false), sample, StringComparison.OrdinalIgnoreCase));

    /// <summary>The oldest video whose file has the same bytes as this one; null if there is none.</summary>
    public async Task<VideoRecord?> OfAsync(string path, CancellationToken cancellation)
    {
        IReadOnlyList<VideoRecord> same = await WhereAsync(
            new FileInfo(path).Length, other => FileSample.AreSameAsync(path, other, cancellation)).ConfigureAwait(false);
        return same is [.., VideoRecord oldest] ? oldest : null;
    }

    private async Task<IReadOnlyList<VideoRecord>> WhereAsync(long bytes, Func<string, Task<bool>> isSame)
    {
        List<VideoRecord> found = [];
        foreach (VideoRecord video in videos.OfSize(bytes))
        {
            try
            {
                if (await isSame(access.OpenablePath(video)).ConfigureAwait(false))
                {
                    found.Add(video);
                }
            }
            catch (Exception error) when (error is StudioRequestException or IOException or UnauthorizedAccessException)
            {
                // A file that cannot be read (any more) cannot be said to be the same; the video says so itself when it is opened.
            }
        }

        return found;
    }
}
