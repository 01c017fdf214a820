using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Queues, cancels and retries jobs of every kind.</summary>
internal sealed class JobControl
{
    private readonly StudioOptions _options;
    private readonly ModelShelf _models;
    private readonly JobTable _jobs;
    private readonly JobEvents _events;
    private readonly JobWorker[] _workers;

    internal JobControl(StudioOptions options, ModelShelf models, JobTable jobs, JobEvents events, params JobWorker[] workers) =>
        (_options, _models, _jobs, _events, _workers) = (options, models, jobs, events, workers);

    /// <summary>Throws if an analysis could not be queued; called before a video is added.</summary>
    /// <param name="model">The model; null for the default.</param>
    /// <exception cref="StudioRequestException">There is no such model (404), or the queue is full (429).</exception>
    public void ThrowIfImpossible(string? model)
    {
        _models.ThrowIfUnknown(model ?? _options.DefaultModel);
        _jobs.ThrowIfFull(_options.MaxQueuedJobs);
    }

    /// <summary>Queues an analysis, unless the same one is already queued or running.</summary>
    /// <param name="videoId">The video; it is in the library.</param>
    /// <param name="model">The model; null for the default.</param>
    /// <exception cref="StudioRequestException">There is no such model (404), or the queue is full (429).</exception>
    public JobRecord Analyse(string videoId, string? model)
    {
        string named = model ?? _options.DefaultModel;
        _models.ThrowIfUnknown(named);
        return Enqueue(videoId, JobKind.Analysis, named);
    }

    /// <summary>The name of the model that a request asks for.</summary>
    /// <param name="model">The model; null for the default.</param>
    /// <exception cref="StudioRequestException">There is no such model (404).</exception>
    public string NameOf(string? model)
    {
        string named = model ?? _options.DefaultModel;
        _models.ThrowIfUnknown(named);
        return named;
    }

    /// <summary>Queues the analysis of many videos: of all of them, or of none if the queue has not so much room.</summary>
    /// <param name="videoIds">Videos of the library.</param>
    /// <param name="model">The model; null for the default.</param>
    /// <returns>How many were queued; the others were in the queue already.</returns>
    /// <exception cref="StudioRequestException">There is no such model (404), or the queue has not enough room (429).</exception>
    public int AnalyseAll(IReadOnlyCollection<string> videoIds, string? model)
    {
        string named = NameOf(model);
        HashSet<string> open = [.. _jobs.Open().Where(job => job.Kind == JobKind.Analysis && job.Model == named).Select(job => job.VideoId)];
        string[] wanted = [.. videoIds.Where(id => !open.Contains(id))];
        if (wanted.Length > 0)
        {
            _jobs.ThrowIfFull(_options.MaxQueuedJobs, wanted.Length);
        }

        foreach (string id in wanted)
        {
            Enqueue(id, JobKind.Analysis, named);
        }

        return wanted.Length;
    }

    /// <summary>Queues a preview job, unless one is already queued or running; if there is a preview, the job ends at once.</summary>
    /// <param name="videoId">The video; it is in the library.</param>
    /// <exception cref="StudioRequestException">The queue is full (429).</exception>
    public JobRecord Preview(string videoId) => Enqueue(videoId, JobKind.Preview, string.Empty);

    /// <summary>Queues a failed or cancelled job again.</summary>
    /// <exception cref="StudioRequestException">There is no such job, or no longer its model (404), or it has neither failed nor been cancelled
    /// (409).</exception>
    public JobRecord Retry(long jobId)
    {
        JobRecord job = Get(jobId);
        if (job.Kind == JobKind.Analysis)
        {
            _models.ThrowIfUnknown(job.Model);
        }

        return job.State is JobState.Failed or JobState.Cancelled
            ? Enqueue(job.VideoId, job.Kind, job.Model)
            : throw new StudioRequestException(StatusCodes.Status409Conflict,
                $"Job {jobId} is {JobTable.Name(job.State)}; only a failed or cancelled job can be retried.");
    }

    /// <summary>Cancels a waiting or running job.</summary>
    /// <exception cref="StudioRequestException">There is no such job (404), or it has already ended (409).</exception>
    public void Cancel(long jobId)
    {
        if (!TryCancel(jobId))
        {
            throw new StudioRequestException(StatusCodes.Status409Conflict, $"Job {jobId} has already ended: {JobTable.Name(Get(jobId).State)}.");
        }
    }

    /// <summary>Cancels every waiting and running job.</summary>
    /// <returns>How many.</returns>
    public int CancelAll()
    {
        IReadOnlyList<JobRecord> waiting = _jobs.CancelAllQueued();
        foreach (JobRecord job in waiting)
        {
            _events.Publish(job);
        }

        return waiting.Count + _jobs.Open().Count(job => TryCancel(job.Id));
    }

    /// <summary>Cancels every job of a video.</summary>
    public void CancelAllOf(string videoId)
    {
        foreach (JobRecord job in _jobs.OpenOf(videoId))
        {
            TryCancel(job.Id);
        }
    }

    private JobRecord Get(long id) => _jobs.Find(id) ?? throw new StudioRequestException(StatusCodes.Status404NotFound, $"There is no job {id}.");

    private JobRecord Enqueue(string videoId, JobKind kind, string model)
    {
        JobRecord job = _jobs.Enqueue(videoId, kind, model, _options.MaxQueuedJobs);
        _events.Publish(job);
        _workers.Single(worker => worker.Kind == kind).Wake();
        return job;
    }

    private bool TryCancel(long id)
    {
        if (_jobs.CancelQueued(id) is JobRecord cancelled)
        {
            _events.Publish(cancelled);
            return true;
        }

        return _workers.Any(worker => worker.CancelRunning(id));
    }
}
