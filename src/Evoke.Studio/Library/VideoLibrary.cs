using System.Diagnostics.CodeAnalysis;
using Evoke.Media.Videos;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Jobs;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Adds videos to the library, queues their analysis, and removes them.</summary>
internal sealed class VideoLibrary
{
    private readonly RootFolders _roots;
    private readonly VideoTable _videos;
    private readonly JobControl _queue;
    private readonly UploadStore _uploads;
    private readonly StorageQuota _quota;
    private readonly AnalysisFiles _files;
    private readonly JobEvents _events;
    private readonly UndoableRemovals _removals;
    private readonly SameVideos _same;

    /// <summary>Creates the library from its services.</summary>
    public VideoLibrary(
        RootFolders roots, VideoTable videos, JobControl queue, UploadStore uploads, StorageQuota quota, AnalysisFiles files, JobEvents events,
        UndoableRemovals removals, SameVideos same)
    {
        (_roots, _videos, _queue, _uploads, _quota, _files, _events) = (roots, videos, queue, uploads, quota, files, events);
        (_removals, _same) = (removals, same);
    }

    /// <summary>Stores an upload and queues its analysis.</summary>
    /// <param name="name">The file name given by the client: displayed, never used as a path.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="length">The announced number of bytes; null if unknown.</param>
    /// <param name="model">The model to use; null for the default.</param>
    /// <param name="refuseSame">True to refuse a file that is the same as that of a video in the library.</param>
    /// <param name="cancellation">Cancels the upload; no file stays.</param>
    /// <exception cref="StudioRequestException">The library has the same video (409).</exception>
    public async Task<VideoRecord> UploadAsync(string name, Stream body, long? length, string? model, bool refuseSame, CancellationToken cancellation)
    {
        string shown = VideoName.OfUpload(name);
        _queue.ThrowIfImpossible(model);
        MakeRoom(length ?? 0);
        string id = RandomId.Next();
        (string path, long bytes) = await _uploads.SaveAsync(id, body, length, cancellation).ConfigureAwait(false);
        VideoRecord video = new() { Id = id, Name = shown, Path = path, Owned = true, Bytes = bytes, Added = DateTimeOffset.UtcNow };
        if (refuseSame && await SameAsync(video, cancellation).ConfigureAwait(false) is VideoRecord same)
        {
            throw new StudioRequestException(StatusCodes.Status409Conflict,
                $"'{shown}' is the same as '{same.Name}', which is in the library already. To add it all the same, send same=add.")
            {
                SameAs = same.Id,
            };
        }

        _videos.Add(video);
        _queue.Analyse(id, model);
        return video;
    }

    // The file of an upload that is the same goes again.
    private async Task<VideoRecord?> SameAsync(VideoRecord upload, CancellationToken cancellation)
    {
        VideoRecord? same = null;
        bool isKnown = false;
        try
        {
            same = await _same.OfAsync(upload.Path, cancellation).ConfigureAwait(false);
            isKnown = true;
            return same;
        }
        finally
        {
            if (same is not null || !isKnown)
            {
                _uploads.Delete(upload);
                _quota.Release(upload.Bytes);
            }
        }
    }

    /// <summary>
    /// Adds a file, or every video in a folder and its subfolders, below a root folder. Videos already in the library are returned unchanged; those that were
    /// removed a short while ago are put back.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="model">The model to use; null for the default.</param>
    /// <param name="reuseSame">True to return, in place of a file that is the same as that of a video in the library, this video.</param>
    /// <param name="cancellation">Ends the request: what was added until then stays.</param>
    /// <exception cref="StudioRequestException">The path is outside the roots, does not exist, or is a folder without videos.</exception>
    public async Task<IReadOnlyList<VideoRecord>> AddPathAsync(string path, string? model, bool reuseSame, CancellationToken cancellation)
    {
        string real = _roots.Resolve(path);
        string[] files = Directory.Exists(real) ? VideosBelow(real) : [real];
        if (files.Length == 0)
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"The folder '{path}' contains no videos.");
        }

        _queue.ThrowIfImpossible(model);

        foreach (RemovedRecord removed in _removals.All().Where(removed => files.Contains(removed.Video.Path, StringComparer.Ordinal)))
        {
            _removals.PutBack(removed);
        }

        List<VideoRecord> added = [];
        foreach (string file in files)
        {
            VideoRecord? known = _videos.FindByPath(file) ?? (reuseSame ? await _same.OfAsync(file, cancellation).ConfigureAwait(false) : null);
            if (known is null)
            {
                known = new VideoRecord
                {
                    Id = RandomId.Next(),
                    Name = System.IO.Path.GetFileName(file),
                    Path = file,
                    Owned = false,
                    Bytes = new FileInfo(file).Length,
                    Added = DateTimeOffset.UtcNow,
                };
                _videos.Add(known);
                _queue.Analyse(known.Id, model);
            }

            added.Add(known);
        }

        return [.. added.DistinctBy(video => video.Id)];
    }

    /// <summary>The video with this id.</summary>
    /// <exception cref="StudioRequestException">There is no such video (404).</exception>
    public VideoRecord Get(string id) => _videos.Find(id) ?? throw new StudioRequestException(StatusCodes.Status404NotFound,
        $"There is no video '{RequestText.Short(id)}' in the library.");

    /// <summary>The videos with these ids, each once.</summary>
    /// <exception cref="StudioRequestException">There are none (400), or one of them is not in the library (404).</exception>
    public IReadOnlyList<VideoRecord> GetAll(IReadOnlyList<string>? ids)
    {
        ThrowIfNone(ids);
        return [.. ids.Distinct(StringComparer.Ordinal).Select(Get)];
    }

    /// <summary>Throws if a request for several videos names none.</summary>
    /// <exception cref="StudioRequestException">It names none (400).</exception>
    public static void ThrowIfNone([NotNull] IReadOnlyList<string>? ids)
    {
        if (ids is not { Count: > 0 } || ids.Any(id => id is null))
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, "The ids are missing: the body of this call is like {\"videos\": [\"ID\"]}.");
        }
    }

    /// <summary>Gives a video another name.</summary>
    /// <exception cref="StudioRequestException">There is no such video (404), or it cannot be called that (400).</exception>
    public void Rename(string id, string name)
    {
        _videos.Rename(Get(id).Id, VideoName.Given(name));
        _events.Publish(new ChangedVideo(id));
    }

    /// <summary>Removes a video and its results from the library.</summary>
    /// <param name="id">The video.</param>
    /// <param name="deleteFile">True to delete the file too; allowed only for an uploaded file, not for one below a root folder.</param>
    /// <returns>The path at which an uploaded file is kept; null if it was deleted, or if it was not uploaded and stays where it is.</returns>
    /// <exception cref="StudioRequestException">There is no such video (404), or its file was not uploaded and may not be deleted (403).</exception>
    public string? Delete(string id, bool deleteFile)
    {
        VideoRecord video = Get(id);
        if (deleteFile && !video.Owned)
        {
            throw new StudioRequestException(StatusCodes.Status403Forbidden,
                $"'{video.Name}' was not uploaded, so Studio does not delete its file. Use file=false to remove the video from the library only.");
        }

        return DeleteForGood(video, deleteFile);
    }

    /// <summary>Deletes a video and its results, also one that was removed from the library before.</summary>
    /// <returns>The path at which an uploaded file is kept; null if it was deleted, or if it was not uploaded and stays where it is.</returns>
    internal string? DeleteForGood(VideoRecord video, bool deleteFile)
    {
        Forget(video, deleteFile);
        _files.Delete(video.Id);
        _events.Publish(new RemovedVideo(video.Id));
        if (!video.Owned)
        {
            return null;
        }

        if (!deleteFile)
        {
            return _uploads.Keep(video);
        }

        _uploads.Delete(video);
        return null;
    }

    /// <summary>Videos that could still be put back make room for an upload.</summary>
    internal void MakeRoom(long bytes)
    {
        foreach (RemovedRecord removed in _quota.HasRoom(bytes) ? [] : _removals.All())
        {
            DeleteForGood(removed.Video, removed.FileGoes);
            if (_quota.HasRoom(bytes))
            {
                return;
            }
        }
    }

    private void Forget(VideoRecord video, bool deleteFile)
    {
        try
        {
            _queue.CancelAllOf(video.Id);
            _quota.Release(_videos.Delete(video.Id));
        }
        catch (StudioDatabaseException full) when (full.IsDiskFull)
        {
            // To forget a video takes a little room, too. The files that go in any case make it.
            _files.Delete(video.Id);
            if (deleteFile)
            {
                _uploads.Delete(video);
            }

            _queue.CancelAllOf(video.Id);
            _quota.Release(_videos.Delete(video.Id));
        }
    }

    private string[] VideosBelow(string folder)
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        return [.. Directory.EnumerateFiles(folder, "*", options)
            .Where(VideoFiles.IsMediaName)
            .Select(RootFolders.RealPath)
            .Where(_roots.IsInside)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }
}
