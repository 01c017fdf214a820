using System.Globalization;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Progress;

/// <summary>A plain line every ten seconds, for logs: no colours, no cursor movements.</summary>
internal sealed class PlainProgressBoard(Terminal terminal, TimeProvider clock) : IProgressBoard
{
    private const double MostWithTenths = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public IProgressLine Start(string label, string unit, double? total = null) => new Line(terminal, clock, label, unit, new WorkPace(clock, unit, total));

    private sealed class Line(Terminal terminal, TimeProvider clock, string label, string unit, WorkPace pace) : IProgressLine
    {
        private readonly Lock _gate = new();
        private long _told = clock.GetTimestamp();
        private string _label = label;

        public void Report(double done, double? total = null, string? label = null)
        {
            lock (_gate)
            {
                _label = label ?? _label;
                pace.Report(done, total);
                if (clock.GetElapsedTime(_told) < Interval)
                {
                    return;
                }

                _told = clock.GetTimestamp();
                terminal.Log(Describe());
            }
        }

        public void Skip(double done) => pace.Skip(done);

        public void Dispose()
        {
            // Nothing to release; the verb reports the end of the work.
        }

        private string Describe()
        {
            (double done, double? total) = pace.State;
            string how = total is > 0 and var known
                ? string.Create(CultureInfo.InvariantCulture, $"{100 * done / known:0} % of {Rounded(known)} {unit}")
                : string.Create(CultureInfo.InvariantCulture, $"{Rounded(done)} {unit}");
            string[] parts = [how, pace.DescribeRate(), pace.DescribeTimeLeft()];
            return $"{_label}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
        }

        // Estimates of frames are not whole; a tenth is told of short things only.
        private static string Rounded(double amount) => amount.ToString(amount < MostWithTenths ? "0.#" : "0", CultureInfo.InvariantCulture);
    }
}
