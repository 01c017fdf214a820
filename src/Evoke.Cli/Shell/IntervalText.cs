using System.Globalization;
using Evoke.Curves.Metrics;

namespace Evoke.Cli.Shell;

/// <summary>Intervals for a terminal.</summary>
internal static class IntervalText
{
    /// <summary>"0.0512 to 0.1034"; "n/a" where there is none, as of a single video.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="isSigned">True for differences: "+0.01".</param>
    public static string Of(ScoreInterval? interval, bool isSigned = false)
    {
        string form = isSigned ? "+0.0000;-0.0000" : "0.0000";
        return interval is null
            ? "n/a"
            : $"{interval.Low.ToString(form, CultureInfo.InvariantCulture)} to {interval.High.ToString(form, CultureInfo.InvariantCulture)}";
    }
}
