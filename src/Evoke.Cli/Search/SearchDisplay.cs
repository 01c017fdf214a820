using System.Globalization;
using Evoke.Cli.Progress;
using Evoke.Cli.Train;
using Evoke.Experiments.Search;

namespace Evoke.Cli.Search;

/// <summary>Shows a search: one line per rung, because its trials take longer than those of the rung before.</summary>
internal sealed class SearchDisplay(IProgressBoard board) : IProgress<SearchProgress>, IDisposable
{
    private IProgressLine? _line;
    private int _rung = -1;

    public void Report(SearchProgress value)
    {
        string rung = value.Rungs > 1 ? string.Create(CultureInfo.InvariantCulture, $"rung {value.Rung + 1} of {value.Rungs}") : "search";
        if (_line is null || value.Rung != _rung)
        {
            _line?.Dispose();
            _line = board.Start(rung, "trials", value.Count);
            _rung = value.Rung;
        }

        string label = string.Create(CultureInfo.InvariantCulture, $"{rung}, trial {value.Trial}");
        _line.ShowRun(label, value.Happening, value.Position, value.Count, value.Epochs);
    }

    public void Dispose() => _line?.Dispose();
}
