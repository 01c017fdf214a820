using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Features;

namespace Evoke.Cli.Features;

/// <summary>Shows the progress of an import, an export or a join, and what failed.</summary>
internal sealed class FeatureDisplay(Terminal terminal, IProgressBoard board) : IProgress<FeatureProgress>
{
    private readonly IProgressLine _line = board.Start("videos", "videos");

    public void Report(FeatureProgress value)
    {
        if (value.Error is { } error)
        {
            terminal.Fail($"failed: {error.Message}");
        }

        _line.Report(value.Position, value.Count);
    }
}
