using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Options;

/// <summary>How training is stopped early: at once on Ctrl-C; at its next checkpoint for a scheduler, or at once when the grace period is over.</summary>
internal sealed class TrainingStop : IDisposable
{
    private readonly StopRequest? _request;
    private readonly CancellationTokenSource _now;

    public TrainingStop(VerbContext context, GraceOption grace)
    {
        _request = grace.Request(context, isAnEngines: ClusterTask.IsOne(Environment.GetEnvironmentVariable));
        _now = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _request?.GraceIsOver ?? CancellationToken.None);
    }

    /// <summary>The option that verbs which train have.</summary>
    public static GraceOption Option() => new("On SIGTERM or SIGUSR1, a cluster job continues to its next checkpoint");

    /// <summary>Cancelled when the run must end after the current step.</summary>
    public CancellationToken Now => _now.Token;

    /// <summary>Cancelled when the run must end after its next checkpoint.</summary>
    public CancellationToken AtCheckpoint => _request?.Told ?? CancellationToken.None;

    public void Dispose()
    {
        _now.Dispose();
        _request?.Dispose();
    }
}
