using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Features.Hdf5;

namespace Evoke.Cli.Features;

/// <summary>Shows the progress of an import or export, and what failed.</summary>
internal sealed class Hdf5Display(Terminal terminal, IProgressBoard board) : IProgress<Hdf5Progress>
{
    private readonly IProgressLine _line = board.Start("videos", "videos");

    public void Report(Hdf5Progress value)
    {
        if (value.Error is { } error)
        {
            terminal.Fail($"failed: {error.Message}");
        }

        _line.Report(value.Position, value.Count);
    }
}
