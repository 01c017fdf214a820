using System.Diagnostics;
using System.Runtime;
using Evoke.Files;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>The services that every worker needs.</summary>
internal sealed record JobRoom(
    VideoTable Videos, JobTable Jobs, JobEvents Events, AnalysisFiles Files, DiskWait Disk, StudioOptions Options, ILoggerFactory Loggers);

/// <summary>Runs the jobs of one kind, one at a time, oldest first. Only the end of the process ends it: a failed job does not, and a full disk makes it
/// wait.</summary>
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Wake();
        try
        {
            while (true)
            {
                await _work.WaitAsync(stoppingToken).ConfigureAwait(false);
                bool worked = false;
                while (await StepAsync(stoppingToken).ConfigureAwait(false))
                {
                    worked = true;
                    stoppingToken.ThrowIfCancellationRequested();
                }

                if (worked)
                {
                    ReturnMemory();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    /// <summary>Runs one job.</summary>
    /// <exception cref="EvokeException">The job failed; the message says why.</exception>
    protected abstract Task WorkAsync(VideoRecord video, JobRecord job, Action<JobProgress> report, CancellationToken cancellation);

    // Nothing waits now: what the films needed goes back to the system, which the runtime by itself does late or never in a process that idles.
    private static void ReturnMemory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Runs the next job; false if none waits.</summary>
    private async Task<bool> StepAsync(CancellationToken stopping)
    {
        try
        {
            return await TryRunNextAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception error) when (ItemFailure.Of(room.Options.DataFolder, error) is not null)
        {
            LogFault(_logger, error);
            await Task.Delay(room.Options.RetryInterval, stopping).ConfigureAwait(false);
            return true;
        }
    }

    private async Task<bool> TryRunNextAsync(CancellationToken stopping)
    {
        if (await InsistAsync(null, () => _jobs.Next(kind), stopping).ConfigureAwait(false) is not JobRecord next)
        {
            return false;
        }

        using CancellationTokenSource cancel = new();
        if (await InsistAsync(next, () => Take(next, cancel), stopping).ConfigureAwait(false) is JobRecord job)
        {
            room.Events.Publish(job);
            await RunAsync(job, cancel, stopping).ConfigureAwait(false);
        }

        return true;
    }

    // Under the lock, so that a job that is no longer waiting is always seen as running.
    private JobRecord? Take(JobRecord next, CancellationTokenSource cancel)
    {
        lock (_lock)
        {
            JobRecord? job = _jobs.Take(next.Id);
            _running = job is null ? null : (job.Id, cancel);
            return job;
        }
    }

    private async Task RunAsync(JobRecord job, CancellationTokenSource cancel, CancellationToken stopping)
    {
        try
        {
            if (await EndOfAsync(job, cancel, stopping).ConfigureAwait(false) is { } end)
            {
                Publish(await InsistAsync(job, () => _jobs.End(job.Id, end.State, end.Error), stopping).ConfigureAwait(false));
            }
            else
            {
                PutBack(job);
            }
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

    /// <summary>Runs a job to its end; null if the server stops first.</summary>
    private async Task<(JobState State, string? Error)?> EndOfAsync(JobRecord job, CancellationTokenSource cancel, CancellationToken stopping)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancel.Token);
        try
        {
            long needed = DiskWait.LeastRoom;
            while (await FullFolderOfAsync(job, ended.Token).ConfigureAwait(false) is string folder)
            {
                await room.Disk.UntilRoomAsync(job, folder, needed, ended.Token).ConfigureAwait(false);
                needed = Math.Min(2 * needed, DiskWait.MostRoom);
            }

            return (JobState.Done, null);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (JobState.Cancelled, null);
        }
        catch (Exception error) when (FailureOf(job, error) is { } failure)
        {
            return (JobState.Failed, Told(failure.Message, job.VideoId));
        }
    }

    /// <summary>Runs a job once; returns the folder whose full disk prevented it, or null if the job is done.</summary>
    private async Task<string?> FullFolderOfAsync(JobRecord job, CancellationToken ended)
    {
        using CancellationTokenSource limit = new(room.Options.JobTimeLimit);
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(ended, limit.Token);
        try
        {
            VideoRecord video = room.Videos.Find(job.VideoId)
                ?? throw new StudioRequestException(StatusCodes.Status404NotFound, "The video is no longer in the library.");
            // On the thread pool: a job computes for minutes and must not block its caller.
            await Task.Run(() => WorkAsync(video, job, Reporter(job), all.Token), CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            throw new StudioRequestException(
                StatusCodes.Status422UnprocessableEntity, $"The job took longer than the {room.Options.JobTimeLimit} that one job may take.");
        }
        catch (Exception error) when (room.Disk.FullFolder(error) is not null)
        {
            return room.Disk.FullFolder(error);
        }
    }

    // An error that ends a run over many videos fails only this job: whoever mends its cause tries the job again, and the server goes on.
    private EvokeException FailureOf(JobRecord job, Exception error)
    {
        string path = room.Videos.Find(job.VideoId)?.Path ?? job.VideoId;
        EvokeException failure = ItemFailure.Of(path, error) ?? error as EvokeException ?? new UnexpectedFailureException(path, error);
        if (failure is UnexpectedFailureException)
        {
            LogFault(_logger, error, job.Id, job.VideoId);
        }

        return failure;
    }

    /// <summary>Reads or writes the queue, again and again until that succeeds: without it no job can start or end.</summary>
    private async Task<T> InsistAsync<T>(JobRecord? job, Func<T> use, CancellationToken stopping)
    {
        for (bool told = false; ; told = true)
        {
            string? full;
            try
            {
                return use();
            }
            catch (StudioDatabaseException error)
            {
                full = room.Disk.FullFolder(error);
                if (full is null && !told)
                {
                    LogUnusable(_logger, error.Message);
                }
            }

            await (job is not null && full is not null
                ? room.Disk.UntilRoomAsync(job, full, DiskWait.LeastRoom, stopping)
                : Task.Delay(room.Options.RetryInterval, stopping)).ConfigureAwait(false);
        }
    }

    private void PutBack(JobRecord job)
    {
        try
        {
            Publish(_jobs.PutBack(job.Id));
        }
        catch (StudioDatabaseException error)
        {
            // The job stays 'running' in the database and is queued again at the next start; RunningMark shows that this stop was an orderly one.
            LogUnusable(_logger, error.Message);
        }
    }

    // Messages show the name of the video, not its path.
    private string Told(string message, string videoId) =>
        room.Videos.Find(videoId) is VideoRecord video ? message.Replace(video.Path, video.Name, StringComparison.Ordinal) : message;

    // If the video was deleted during the job, the job may have created files since.
    private void ForgetIfDeleted(string videoId)
    {
        try
        {
            if (!room.Videos.Exists(videoId))
            {
                room.Files.Delete(videoId);
            }
        }
        catch (Exception error) when (ItemFailure.Of(videoId, error) is { } failure)
        {
            LogUnusable(_logger, failure.Message);
        }
    }

    private Action<JobProgress> Reporter(JobRecord job)
    {
        long last = 0;
        string stage = string.Empty;
        double fraction = 0;
        return progress =>
        {
            bool isNews = progress.Stage != stage || Math.Abs(progress.Fraction - fraction) >= SuddenEndings.Step;
            if (!isNews && Stopwatch.GetElapsedTime(last) < ReportInterval)
            {
                return;
            }

            (last, stage, fraction) = (Stopwatch.GetTimestamp(), progress.Stage, progress.Fraction);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue goes on after an unexpected error.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of video {Video} failed unexpectedly.")]
    private static partial void LogFault(ILogger logger, Exception fault, long job, string video);
}
