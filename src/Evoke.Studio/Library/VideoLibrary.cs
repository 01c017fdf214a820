using System.Security.Cryptography;
using Evoke.Studio.Jobs;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Adds videos to the library, queues their analysis, and takes them out again.</summary>
public sealed class VideoLibrary
{
    /// <summary>Endings by which a video is recognised when a whole folder is added; a file added by its own name may have any.</summary>
    private static readonly HashSet<string> VideoEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".m2ts", ".mts", ".mxf", ".ogv", ".ogg", ".wmv", ".flv", ".3gp", ".vob",
    };

    private readonly StudioOptions _options;
    private readonly RootFolders _roots;
    private readonly VideoTable _videos;
    private readonly JobTable _jobs;
    private readonly UploadStore _uploads;
    private readonly JobEvents _events;
    private readonly AnalysisWorker _worker;
    private readonly AnalysisFiles _files;

    internal VideoLibrary(
        StudioOptions options, RootFolders roots, VideoTable videos, JobTable jobs, UploadStore uploads, JobEvents events, AnalysisWorker worker, AnalysisFiles files) =>
        (_options, _roots, _videos, _jobs, _uploads, _events, _worker, _files) = (options, roots, videos, jobs, uploads, events, worker, files);

    /// <summary>Takes an upload and queues its analysis.</summary>
    /// <param name="name">The file's name at its owner's: shown, never used as a path.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="length">How many bytes are announced, if that was said.</param>
    /// <param name="model">The model to use; null for the default.</param>
    /// <param name="cancellation">Ends the upload; nothing of it stays.</param>
    public async Task<VideoRecord> UploadAsync(string name, Stream body, long? length, string? model, CancellationToken cancellation)
    {
        string shown = ShownName(name);
        _jobs.ThrowIfFull(_options.MaxQueuedJobs);
        string id = NewId();
        (string path, long bytes) = await _uploads.SaveAsync(id, body, length, cancellation).ConfigureAwait(false);
        VideoRecord video = new() { Id = id, Name = shown, Path = path, Owned = true, Bytes = bytes, Added = DateTimeOffset.UtcNow };
        _videos.Add(video);
        Analyse(id, model);
        return video;
    }

    /// <summary>Adds a file, or every video of a folder and its sub-folders, from under a root; what is in the library already is given as it is.</summary>
    /// <exception cref="StudioRequestException">The path is outside the roots, does not exist, or is a folder without videos.</exception>
    public IReadOnlyList<VideoRecord> AddPath(string path, string? model)
    {
        string real = _roots.Resolve(path);
        string[] files = Directory.Exists(real) ? VideosBelow(real) : [real];
        if (files.Length == 0)
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"The folder '{path}' has no videos in it.");
        }

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
                Analyse(known.Id, model);
            }

            added.Add(known);
        }

        return added;
    }

    /// <summary>Queues an analysis, unless the same is queued or running already.</summary>
    /// <exception cref="StudioRequestException">There is no such video (404), or the queue is full (429).</exception>
    public JobRecord Analyse(string videoId, string? model)
    {
        _ = Get(videoId);
        JobRecord job = _jobs.Enqueue(videoId, model ?? _options.DefaultModel, _options.MaxQueuedJobs);
        _events.Publish(job);
        _worker.Wake();
        return job;
    }

    /// <summary>Queues a job that failed or was cancelled once more.</summary>
    /// <exception cref="StudioRequestException">There is no such job (404), or it is not over (409).</exception>
    public JobRecord Retry(long jobId)
    {
        JobRecord job = _jobs.Find(jobId) ?? throw new StudioRequestException(StatusCodes.Status404NotFound, $"There is no job {jobId}.");
        return job.State is JobState.Failed or JobState.Cancelled
            ? Analyse(job.VideoId, job.Model)
            : throw new StudioRequestException(StatusCodes.Status409Conflict, $"Job {jobId} is {JobTable.Name(job.State)}; only a failed or cancelled one can be tried again.");
    }

    /// <summary>Cancels a job that waits or runs.</summary>
    /// <exception cref="StudioRequestException">There is no such job (404), or it is over (409).</exception>
    public void Cancel(long jobId)
    {
        if (!_worker.Cancel(jobId))
        {
            JobRecord job = _jobs.Find(jobId) ?? throw new StudioRequestException(StatusCodes.Status404NotFound, $"There is no job {jobId}.");
            throw new StudioRequestException(StatusCodes.Status409Conflict, $"Job {jobId} is over: {JobTable.Name(job.State)}.");
        }
    }

    /// <summary>The video with this id.</summary>
    /// <exception cref="StudioRequestException">There is none (404).</exception>
    public VideoRecord Get(string id) => _videos.Find(id) ?? throw new StudioRequestException(StatusCodes.Status404NotFound, $"There is no video '{id}' in the library.");

    /// <summary>Takes a video out of the library, with its results.</summary>
    /// <param name="id">The video.</param>
    /// <param name="deleteFile">True to delete the file too, which is done only if it was uploaded; a file under a root is its owner's.</param>
    /// <exception cref="StudioRequestException">There is no such video (404), or its file is to be deleted and is not ours (403).</exception>
    public void Delete(string id, bool deleteFile)
    {
        VideoRecord video = Get(id);
        if (deleteFile && !video.Owned)
        {
            throw new StudioRequestException(StatusCodes.Status403Forbidden, $"'{video.Name}' was not uploaded: its file is its owner's and stays. Delete it with file=false.");
        }

        foreach (JobRecord job in _jobs.OpenOf(id))
        {
            _worker.Cancel(job.Id);
        }

        _videos.Delete(id);
        _files.Delete(id);
        if (video.Owned)
        {
            if (deleteFile)
            {
                _uploads.Delete(video);
            }
            else
            {
                _uploads.Keep(video);
            }
        }
    }

    /// <summary>True if the file's ending is that of a video.</summary>
    public static bool LooksLikeVideo(string path) => VideoEndings.Contains(System.IO.Path.GetExtension(path));

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
        EnumerationOptions options = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        return [.. Directory.EnumerateFiles(folder, "*", options)
            .Where(LooksLikeVideo)
            .Select(RootFolders.RealPath)
            .Where(_roots.IsInside)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
