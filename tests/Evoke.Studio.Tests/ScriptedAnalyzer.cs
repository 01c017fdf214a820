using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>An analysis scripted by a test, for testing the queue.</summary>
internal sealed class ScriptedAnalyzer(Func<Action<JobProgress>, CancellationToken, Task> course) : IVideoAnalyzer
{
    public Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation) => course(report, cancellation);
}
