using System.Diagnostics;
using System.Globalization;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Progress;

/// <summary>A plain line every ten seconds, for logs: no colours, no cursor movements.</summary>
internal sealed class PlainProgressBoard(Terminal terminal) : IProgressBoard
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public IProgressLine Start(string label, string unit, double? total = null) => new Line(terminal, label, unit, total);

    private sealed class Line(Terminal terminal, string label, string unit, double? total) : IProgressLine
    {
        private readonly Lock _gate = new();
        private readonly long _started = Stopwatch.GetTimestamp();
        private TimeSpan _next = Interval;
        private string _label = label;
        private double? _total = total;

        public void Report(double done, double? total = null, string? label = null)
        {
            lock (_gate)
            {
                _label = label ?? _label;
                _total = total ?? _total;
                TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
                if (elapsed < _next)
                {
                    return;
                }

                _next = elapsed + Interval;
                terminal.Log(Describe(done, elapsed));
            }
        }

        public void Dispose()
        {
            // Nothing is held; the end of the work is told by whoever did it.
        }

        private string Describe(double done, TimeSpan elapsed)
        {
            double rate = done / elapsed.TotalSeconds;
            string how = _total is > 0 and var total
                ? string.Create(CultureInfo.InvariantCulture, $"{100 * done / total:0} % of {total:0.#} {unit}")
                : string.Create(CultureInfo.InvariantCulture, $"{done:0.#} {unit}");
            string left = _total is { } goal && rate > 0
                ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Max(0, goal - done) / rate):h\\:mm\\:ss} left")
                : "";
            return string.Create(CultureInfo.InvariantCulture, $"{_label}: {how}, {rate:0.0} {unit}/s{left}");
        }
    }
}
