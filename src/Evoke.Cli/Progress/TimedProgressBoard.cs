using System.Globalization;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Progress;

/// <summary>Wraps another board, and prints for each finished piece of work how much was done and how long it took: for <c>--verbose</c>.</summary>
internal sealed class TimedProgressBoard(IProgressBoard board, Terminal terminal, TimeProvider clock) : IProgressBoard
{
    public IProgressLine Start(string label, string unit, double? total = null) => new Line(board.Start(label, unit, total), label, unit, terminal, clock);

    private sealed class Line(IProgressLine line, string label, string unit, Terminal terminal, TimeProvider clock) : IProgressLine
    {
        private readonly long _started = clock.GetTimestamp();
        private double _done;
        private string _label = label;

        public void Report(double done, double? total = null, string? label = null)
        {
            (_done, _label) = (done, label ?? _label);
            line.Report(done, total, label);
        }

        public void Skip(double done)
        {
            _done = done;
            line.Skip(done);
        }

        public void Dispose()
        {
            line.Dispose();
            terminal.Detail(
                string.Create(CultureInfo.InvariantCulture, $"{_label}: {_done:0.##} {unit} in {clock.GetElapsedTime(_started).TotalSeconds:0.00} s"));
        }
    }
}
