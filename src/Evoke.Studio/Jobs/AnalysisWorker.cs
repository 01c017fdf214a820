using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Runs the analyses. The only worker that uses the networks.</summary>
internal sealed class AnalysisWorker(JobRoom room, IVideoAnalyzer analyzer) : JobWorker(JobKind.Analysis, room)
{
    protected override Task WorkAsync(VideoRecord video, JobRecord job, Action<JobProgress> report, CancellationToken cancellation) =>
        analyzer.AnalyseAsync(video, job.Model, report, cancellation);
}
