using System.Security.Cryptography;
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

    /// <summary>Creates the library from its services.</summary>
    public VideoLibrary(
        RootFolders roots, VideoTable videos, JobControl queue, UploadStore uploads, StorageQuota quota, AnalysisFiles files, JobEvents events) =>
        (_roots, _videos, _queue, _uploads, _quota, _files, _events) = (roots, videos, queue, uploads, quota, files, events);

    /// <summary>Stores an upload and queues its analysis.</summary>
    /// <param name="name">The file name given by the client: displayed, never used as a path.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="length">The announced number of bytes; null if unknown.</param>
    /// <param name="model">The model to use; null for the default.</param>
    /// <param name="cancellation">Cancels the upload; no file stays.</param>
    public async Task<VideoRecord> UploadAsync(string name, Stream body, long? length, string? model, CancellationToken cancellation)
    {
        string shown = ShownName(name);
        _queue.ThrowIfImpossible(model);
        string id = NewId();
        (string path, long bytes) = await _uploads.SaveAsync(id, body, length, cancellation).ConfigureAwait(false);
        VideoRecord video = new() { Id = id, Name = shown, Path = path, Owned = true, Bytes = bytes, Added = DateTimeOffset.UtcNow };
        _videos.Add(video);
        _queue.Analyse(id, model);
        return video;
    }

    /// <summary>
    /// Adds a file, or every video in a folder and its subfolders, below a root folder. Videos already in the library are returned unchanged.
    /// </summary>
    /// <exception cref="StudioRequestException">The path is outside the roots, does not exist, or is a folder without videos.</exception>
    public IReadOnlyList<VideoRecord> AddPath(string path, string? model)
    {
        string real = _roots.Resolve(path);
        string[] files = Directory.Exists(real) ? VideosBelow(real) : [real];
        if (files.Length == 0)
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"The folder '{path}' contains no videos.");
        }

        _queue.ThrowIfImpossible(model);

        List<VideoRecord> added = [];
        foreach (string file in files)
        {
            VideoRecord? known = _videos.FindByPath(file);
            if (known is null)
            {
                known = new VideoRecord
                {
                    Id = NewId(),
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

        return added;
    }

    /// <summary>The video with this id.</summary>
    /// <exception cref="StudioRequestException">There is no such video (404).</exception>
    public VideoRecord Get(string id) => _videos.Find(id) ?? throw new StudioRequestException(StatusCodes.Status404NotFound,
        $"There is no video '{id}' in the library.");

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

        Forget(video, deleteFile);
        _files.Delete(id);
        _events.Publish(new RemovedVideo(id));
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

    private static string ShownName(string name)
    {
        const int Longest = 200;
        string last = name.Split('/', '\\')[^1].Trim();
        string clean = string.Concat(last.Where(c => !char.IsControl(c)));
        return clean.Length switch
        {
            0 => throw new StudioRequestException(StatusCodes.Status400BadRequest, "The upload needs a name (?name=…)."),
            > Longest => clean[..Longest],
            _ => clean,
        };
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

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
