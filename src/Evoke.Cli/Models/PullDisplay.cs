using Evoke.Cli.Progress;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Models;

/// <summary>Shows one pull or import on a progress board, in megabytes.</summary>
internal sealed class PullDisplay(IProgressBoard board, PretrainedWeights weights) : IProgress<PullProgress>, IDisposable
{
    private const double Megabyte = 1e6;
    private readonly IProgressLine _line = board.Start(weights.Name, "MB", weights.ApproximateBytes / Megabyte);

    public void Report(PullProgress value) => _line.Report(value.BytesDone / Megabyte, value.BytesTotal / Megabyte, value.Phase switch
    {
        PullPhase.WaitingForAnother => $"{weights.Name}, waiting for another pull of it",
        PullPhase.Retrying => $"{weights.Name}, connection lost, trying again",
        PullPhase.Checking => $"{weights.Name}, checking",
        _ => weights.Name,
    });

    public void Dispose() => _line.Dispose();
}
