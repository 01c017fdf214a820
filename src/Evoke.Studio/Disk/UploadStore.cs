using System.Buffers;
using System.Globalization;
using Evoke.Files;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Disk;

/// <summary>Uploaded files on disk: streamed to a temporary name, limited in size, renamed when complete. The name given by the client is never part of
/// a path.</summary>
internal sealed class UploadStore
{
    private readonly string _folder;
    private readonly StudioOptions _options;
    private readonly StorageQuota _quota;

    /// <summary>Keeps files in <c>DataFolder/uploads</c>; removes unfinished files that a killed process left an hour or more ago.</summary>
    public UploadStore(StudioOptions options, StorageQuota quota)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _quota = quota;
        _folder = WritableFolder.Create(System.IO.Path.Combine(options.DataFolder, "uploads"));
    }

    /// <summary>Streams a file to disk.</summary>
    /// <param name="id">The id of the new video, used as the file name.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="length">The announced number of bytes; null if unknown.</param>
    /// <param name="cancellation">Cancels the upload; no file stays.</param>
    /// <returns>Full path and size.</returns>
    /// <exception cref="StudioRequestException">The file is too large (413), the quota or the disk is full (507), or fewer bytes arrived than announced
    /// (400).</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public async Task<(string Path, long Bytes)> SaveAsync(string id, Stream body, long? length, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        using StorageQuota.Claim claim = _quota.Begin();
        GrowTo(claim, length ?? 0);
        string path = System.IO.Path.Combine(_folder, id);
        long bytes = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            await AtomicFile.WriteAsync(path, async file =>
            {
                int read;
                while ((read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    bytes += read;
                    GrowTo(claim, bytes);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                }

                if (length is long announced && announced != bytes)
                {
                    throw new StudioRequestException(StatusCodes.Status400BadRequest,
                        string.Create(CultureInfo.InvariantCulture, $"The upload ended early: expected {announced} bytes; received {bytes}."));
                }
            }).ConfigureAwait(false);
            claim.Keep(bytes);
            return (path, bytes);
        }
        catch (FileWriteException error) when (error.IsDiskFull)
        {
            throw new StudioRequestException(StatusCodes.Status507InsufficientStorage, "The disk that holds Studio's data folder is full.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Removes an uploaded file.</summary>
    /// <exception cref="ArgumentException">The video was not uploaded, so Studio does not own its file.</exception>
    public void Delete(VideoRecord video)
    {
        ThrowIfNotOurs(video);
        File.Delete(video.Path);
    }

    /// <summary>Moves the uploaded file of a video removed from the library to <c>DataFolder/kept</c>, where it has the video's name and id.</summary>
    /// <returns>The new path.</returns>
    /// <exception cref="ArgumentException">The video was not uploaded, so Studio does not own its file.</exception>
    public string Keep(VideoRecord video)
    {
        ThrowIfNotOurs(video);
        string kept = KeptPath(video);
        WritableFolder.Create(System.IO.Path.GetDirectoryName(kept)!);
        AtomicFile.Rename(video.Path, kept);
        return kept;
    }

    /// <summary>Where <see cref="Keep"/> moves the file of a video.</summary>
    public string KeptPath(VideoRecord video)
    {
        ArgumentNullException.ThrowIfNull(video);
        return System.IO.Path.Combine(_options.DataFolder, "kept", KeptFileName.Of(video.NameWithEnding, video.Id));
    }

    private void ThrowIfNotOurs(VideoRecord video)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (!video.Owned || System.IO.Path.GetDirectoryName(video.Path) != _folder)
        {
            throw new ArgumentException($"The file of '{video.Name}' was not uploaded, so Studio does not own it.", nameof(video));
        }
    }

    private void GrowTo(StorageQuota.Claim claim, long bytes)
    {
        if (bytes > _options.MaxUploadBytes)
        {
            throw new StudioRequestException(StatusCodes.Status413PayloadTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The file is larger than the upload limit of {_options.MaxUploadBytes:N0} bytes."));
        }

        claim.GrowTo(bytes);
    }
}
