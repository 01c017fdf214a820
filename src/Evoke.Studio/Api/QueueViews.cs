using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Api;

/// <summary>The queue in numbers.</summary>
/// <param name="Counts">How many jobs are in each state.</param>
/// <param name="Running">The jobs that run.</param>
/// <param name="WaitingForDisk">True while a job waits because a disk is full.</param>
internal sealed record QueueView(JobCounts Counts, IReadOnlyList<JobRecord> Running, bool WaitingForDisk)
{
    internal static QueueView Of(JobCounts counts, IReadOnlyList<JobRecord> open) => new(
        counts, [.. open.Where(job => job.State == JobState.Running)], open.Any(job => job.Stage == DiskWait.Stage));
}

/// <summary>What cancelling all jobs has done.</summary>
/// <param name="Cancelled">How many waiting and running jobs were cancelled.</param>
internal sealed record CancelledView(int Cancelled);
