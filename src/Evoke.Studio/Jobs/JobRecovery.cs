using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Before the workers start: queues again what ran when the process last ended, except jobs that end it each time.</summary>
internal sealed partial class JobRecovery(JobTable jobs, ILogger<JobRecovery> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (JobRecord job in jobs.SettleInterrupted())
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

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} of video {Video} ran when Studio ended; it is queued again.")]
    private static partial void LogRequeued(ILogger logger, long job, string video);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of video {Video}: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, long job, string video, string? reason);
}
