using System.Diagnostics;
using Evoke.Files;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>What every worker needs.</summary>
internal sealed record JobRoom(VideoTable Videos, JobTable Jobs, JobEvents Events, AnalysisFiles Files, StudioOptions Options, ILoggerFactory Loggers);

/// <summary>Works on the jobs of one kind, one at a time, oldest first; survives whatever a video does to it.</summary>
internal abstract partial class JobWorker(JobKind kind, JobRoom room) : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);
    private readonly JobTable _jobs = room.Jobs;
    private readonly ILogger _logger = room.Loggers.CreateLogger<JobWorker>();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Lock _lock = new();
    private (long Id, CancellationTokenSource Cancel)? _running;

    /// <summary>The kind of jobs that are worked on here.</summary>
    public JobKind Kind => kind;

    /// <summary>Says that a job waits.</summary>
    public void Wake() => _work.Release();

    /// <summary>Cancels the job that runs here; false if it is another.</summary>
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

    /// <summary>Does one job.</summary>
    /// <exception cref="EvokeException">It cannot be done; the message says why.</exception>
    protected abstract Task WorkAsync(VideoRecord video, JobRecord job, Action<JobProgress> report, CancellationToken cancellation);

    // Under the lock: whoever finds the job no longer waiting finds it running.
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
            // Its own thread-pool turn: a job computes for minutes and must not hold up whoever started it.
            await Task.Run(() => WorkAsync(video, job, Reporter(job), all.Token), CancellationToken.None).ConfigureAwait(false);
            Publish(_jobs.End(job.Id, JobState.Done, null));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server is going down: the job stays 'running' in the database and is queued again at the next start.
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Publish(_jobs.End(job.Id, JobState.Cancelled, null));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Publish(_jobs.End(job.Id, JobState.Failed, $"It took longer than the {room.Options.JobTimeLimit} that one job may take."));
        }
        catch (EvokeException failure)
        {
            Publish(_jobs.End(job.Id, JobState.Failed, Told(failure.Message, job.VideoId)));
        }
#pragma warning disable CA1031 // One job's fault, whatever it is, must not end the worker; it is logged whole and shown on the job.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(_logger, fault, job.Id, job.VideoId);
            Publish(_jobs.End(job.Id, JobState.Failed, $"The {JobTable.Name(kind)} broke down: {Told(fault.Message, job.VideoId)}"));
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

    // A person knows the film by its name; where it lies is Studio's business.
    private string Told(string message, string videoId) =>
        room.Videos.Find(videoId) is VideoRecord video ? message.Replace(video.Path, video.Name, StringComparison.Ordinal) : message;

    // A video that was deleted while it was worked on may have got files since.
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} jobs of the kind {Kind} were interrupted when Studio last ended; they are queued again.")]
    private static partial void LogRequeued(ILogger logger, int count, JobKind kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of video {Video} broke down.")]
    private static partial void LogFault(ILogger logger, Exception fault, long job, string video);
}
