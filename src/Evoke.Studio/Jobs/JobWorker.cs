using System.Diagnostics;
using Evoke.Curves;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>The one worker that owns the networks: takes jobs oldest first, survives whatever a video does to it.</summary>
internal sealed partial class AnalysisWorker(
    VideoTable videos, JobTable jobs, JobEvents events, IVideoAnalyzer analyzer, StudioOptions options, ILogger<AnalysisWorker> logger) : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim _work = new(0);
    private readonly Lock _lock = new();
    private (long Id, CancellationTokenSource Cancel)? _running;

    /// <summary>Says that a job waits.</summary>
    public void Wake() => _work.Release();

    /// <summary>Cancels a waiting or running job; false if it is over or unknown.</summary>
    public bool Cancel(long id)
    {
        if (jobs.CancelQueued(id) is JobRecord cancelled)
        {
            events.Publish(cancelled);
            return true;
        }

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
        int interrupted = jobs.RequeueInterrupted();
        if (interrupted > 0)
        {
            LogRequeued(logger, interrupted);
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

            while (!stoppingToken.IsCancellationRequested && jobs.TakeNext() is JobRecord job)
            {
                events.Publish(job);
                await RunAsync(job, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(JobRecord job, CancellationToken stopping)
    {
        using CancellationTokenSource cancel = new();
        using CancellationTokenSource limit = new(options.JobTimeLimit);
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancel.Token, limit.Token);
        lock (_lock)
        {
            _running = (job.Id, cancel);
        }

        try
        {
            VideoRecord video = videos.Find(job.VideoId)
                ?? throw new StudioRequestException(StatusCodes.Status404NotFound, "The video is no longer in the library.");
            // Its own thread-pool turn: an analysis computes for minutes and must not hold up whoever started it.
            await Task.Run(() => analyzer.AnalyseAsync(video, job.Model, Reporter(job), all.Token), CancellationToken.None).ConfigureAwait(false);
            Publish(jobs.End(job.Id, JobState.Done, null));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server is going down: the job stays 'running' in the database and is queued again at the next start.
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Publish(jobs.End(job.Id, JobState.Cancelled, null));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Publish(jobs.End(job.Id, JobState.Failed, $"The analysis took longer than the {options.JobTimeLimit} that one may take."));
        }
        catch (EvokeException failure)
        {
            Publish(jobs.End(job.Id, JobState.Failed, failure.Message));
        }
#pragma warning disable CA1031 // One job's fault, whatever it is, must not end the worker; it is logged whole and shown on the job.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(logger, fault, job.Id, job.VideoId);
            Publish(jobs.End(job.Id, JobState.Failed, $"The analysis broke down: {fault.Message}"));
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }
        }
    }

    private Action<AnalysisProgress> Reporter(JobRecord job)
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
            jobs.Report(job.Id, progress.Stage, progress.Fraction);
            events.Publish(job with { Stage = progress.Stage, Progress = Math.Clamp(progress.Fraction, 0, 1), Speed = progress.Speed });
        };
    }

    private void Publish(JobRecord? job)
    {
        if (job is not null)
        {
            events.Publish(job);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} analyses were interrupted when Studio last ended; they are queued again.")]
    private static partial void LogRequeued(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of video {Video} broke down.")]
    private static partial void LogFault(ILogger logger, Exception fault, long job, string video);
}
