using System.Diagnostics;
using Evoke.Files;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>The services that every worker needs.</summary>
internal sealed record JobRoom(VideoTable Videos, JobTable Jobs, JobEvents Events, AnalysisFiles Files, StudioOptions Options, ILoggerFactory Loggers);

/// <summary>Runs the jobs of one kind, one at a time, oldest first. A failed job does not stop the worker.</summary>
internal abstract partial class JobWorker(JobKind kind, JobRoom room) : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);
    private readonly JobTable _jobs = room.Jobs;
    private readonly ILogger _logger = room.Loggers.CreateLogger<JobWorker>();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Lock _lock = new();
    private (long Id, CancellationTokenSource Cancel)? _running;

    /// <summary>The kind of jobs that this worker runs.</summary>
    public JobKind Kind => kind;

    /// <summary>Signals that a job is waiting.</summary>
    public void Wake() => _work.Release();

    /// <summary>Cancels a job; false if this worker is not running it.</summary>
    public bool CancelRunning(long id)
    {
        lock (_lock)
        {
            if (_running is not { } running || running.Id != id)
            {
                return false;
            }

            running.Cancel.Cancel();
            return true;
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        int interrupted = _jobs.RequeueInterrupted(kind);
        if (interrupted > 0)
        {
            LogRequeued(_logger, interrupted, kind);
        }

        _work.Release();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _work.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            while (!stoppingToken.IsCancellationRequested)
            {
                using CancellationTokenSource cancel = new();
                if (TakeNext(cancel) is not JobRecord job)
                {
                    break;
                }

                room.Events.Publish(job);
                await RunAsync(job, cancel, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs one job.</summary>
    /// <exception cref="EvokeException">The job failed; the message says why.</exception>
    protected abstract Task WorkAsync(VideoRecord video, JobRecord job, Action<JobProgress> report, CancellationToken cancellation);

    // Under the lock, so that a job that is no longer waiting is always seen as running.
    private JobRecord? TakeNext(CancellationTokenSource cancel)
    {
        lock (_lock)
        {
            JobRecord? job = _jobs.TakeNext(kind);
            _running = job is null ? null : (job.Id, cancel);
            return job;
        }
    }

    private async Task RunAsync(JobRecord job, CancellationTokenSource cancel, CancellationToken stopping)
    {
        using CancellationTokenSource limit = new(room.Options.JobTimeLimit);
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancel.Token, limit.Token);
        try
        {
            VideoRecord video = room.Videos.Find(job.VideoId)
                ?? throw new StudioRequestException(StatusCodes.Status404NotFound, "The video is no longer in the library.");
            // On the thread pool: a job computes for minutes and must not block its caller.
            await Task.Run(() => WorkAsync(video, job, Reporter(job), all.Token), CancellationToken.None).ConfigureAwait(false);
            Publish(_jobs.End(job.Id, JobState.Done, null));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server is shutting down: the job stays 'running' in the database and is queued again at the next start.
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Publish(_jobs.End(job.Id, JobState.Cancelled, null));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Publish(_jobs.End(job.Id, JobState.Failed, $"The job took longer than the {room.Options.JobTimeLimit} that one job may take."));
        }
        catch (EvokeException failure)
        {
            Publish(_jobs.End(job.Id, JobState.Failed, Told(failure.Message, job.VideoId)));
        }
#pragma warning disable CA1031 // No error in one job may end the worker; it is logged in full and shown on the job.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(_logger, fault, job.Id, job.VideoId);
            Publish(_jobs.End(job.Id, JobState.Failed, $"The {JobTable.Name(kind)} failed unexpectedly: {Told(fault.Message, job.VideoId)}"));
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }

            ForgetIfDeleted(job.VideoId);
        }
    }

    // Messages show the name of the video, not its path.
    private string Told(string message, string videoId) =>
        room.Videos.Find(videoId) is VideoRecord video ? message.Replace(video.Path, video.Name, StringComparison.Ordinal) : message;

    // If the video was deleted during the job, the job may have created files since.
    private void ForgetIfDeleted(string videoId)
    {
        if (room.Videos.Find(videoId) is null)
        {
            room.Files.Delete(videoId);
        }
    }

    private Action<JobProgress> Reporter(JobRecord job)
    {
        long last = 0;
        string stage = string.Empty;
        return progress =>
        {
            if (progress.Stage == stage && Stopwatch.GetElapsedTime(last) < ReportInterval)
            {
                return;
            }

            (last, stage) = (Stopwatch.GetTimestamp(), progress.Stage);
            _jobs.Report(job.Id, progress.Stage, progress.Fraction);
            room.Events.Publish(job with { Stage = progress.Stage, Progress = Math.Clamp(progress.Fraction, 0, 1), Speed = progress.Speed });
        };
    }

    private void Publish(JobRecord? job)
    {
        if (job is not null)
        {
            room.Events.Publish(job);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} {Kind} jobs were interrupted when Studio last stopped; they are queued again.")]
    private static partial void LogRequeued(ILogger logger, int count, JobKind kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of video {Video} failed unexpectedly.")]
    private static partial void LogFault(ILogger logger, Exception fault, long job, string video);
}
