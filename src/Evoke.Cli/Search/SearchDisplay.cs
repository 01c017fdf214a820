using System.Globalization;
using Evoke.Cli.Progress;
using Evoke.Cli.Train;
using Evoke.Experiments.Search;

namespace Evoke.Cli.Search;

/// <summary>Shows a search: one line per rung, because its trials take longer than those of the rung before.</summary>
internal sealed class SearchDisplay(IProgressBoard board) : IDisposable
{
    private IProgressLine? _line;
    private int _rung = -1;

    public void Report(SearchProgress progress)
    {
        string rung = progress.Rungs > 1 ? string.Create(CultureInfo.InvariantCulture, $"rung {progress.Rung + 1} of {progress.Rungs}") : "search";
        if (_line is null || progress.Rung != _rung)
        {
            _line?.Dispose();
            _line = board.Start(rung, "trials", progress.Count);
            _rung = progress.Rung;
        }

        string label = string.Create(CultureInfo.InvariantCulture, $"{rung}, trial {progress.Trial}");
        _line.ShowRun(label, progress.Happening, progress.Position, progress.Count, progress.Epochs);
    }

    public void Dispose() => _line?.Dispose();
}
