using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Before the workers start: queues again what ran when the process last ended, except jobs that end it each time. After they have stopped: notes that
/// this end was an orderly one.</summary>
internal sealed partial class JobRecovery(JobTable jobs, StudioOptions options, ILogger<JobRecovery> logger) : IHostedService
{
    private readonly RunningMark _mark = new(options.DataFolder);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (JobRecord job in jobs.SettleInterrupted(isSudden: _mark.IsSet))
        {
            if (job.IsOver)
            {
                LogGivenUp(logger, job.Id, job.VideoId, job.Error);
            }
            else
            {
                LogRequeued(logger, job.Id, job.VideoId);
            }
        }

        _mark.Set();
        return Task.CompletedTask;
    }

    // After the workers have stopped: the host stops its services from the last to the first.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _mark.Clear();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} of video {Video} ran when Studio ended; it is queued again.")]
    private static partial void LogRequeued(ILogger logger, long job, string video);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of video {Video}: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, long job, string video, string? reason);
}
