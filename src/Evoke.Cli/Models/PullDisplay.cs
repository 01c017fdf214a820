using Evoke.Cli.Progress;
using Evoke.Encoders.Weights;
using Evoke.Files;

namespace Evoke.Cli.Models;

/// <summary>Shows one pull or import on a progress board, in megabytes.</summary>
internal sealed class PullDisplay(IProgressBoard board, PretrainedWeights weights) : IProgress<DownloadProgress>, IDisposable
{
    private const double Megabyte = 1e6;
    private IProgressLine _line = board.Start(weights.Name, "MB", weights.ApproximateBytes / Megabyte);
    private bool _checking;
    private bool _downloading;

    public void Report(DownloadProgress value)
    {
        bool checking = value.Phase == DownloadPhase.Checking;
        if (checking != _checking)
        {
            // The count starts again, at another speed.
            _checking = checking;
            _line.Dispose();
            _line = board.Start(LabelOf(value.Phase), "MB", value.BytesTotal / Megabyte);
        }

        if (value.Phase == DownloadPhase.Downloading && !_downloading)
        {
            _downloading = true;
            _line.Skip(value.BytesDone / Megabyte); // What an earlier pull left, plus the first bytes of this one.
        }

        _line.Report(value.BytesDone / Megabyte, value.BytesTotal / Megabyte, LabelOf(value.Phase));
    }

    public void Dispose() => _line.Dispose();

    private string LabelOf(DownloadPhase phase) => phase switch
    {
        DownloadPhase.WaitingForAnother => $"{weights.Name}, waiting for another process that pulls it",
        DownloadPhase.Retrying => $"{weights.Name}, connection lost, retrying",
        DownloadPhase.Checking => $"{weights.Name}, checking",
        _ => weights.Name,
    };
}
