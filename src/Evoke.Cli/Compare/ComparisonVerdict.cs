using System.Globalization;
using Evoke.Curves.Metrics;
using Evoke.Experiments.Comparisons;
using Evoke.Files.Text;

namespace Evoke.Cli.Compare;

/// <summary>What a comparison says, in one sentence.</summary>
internal static class ComparisonVerdict
{
    /// <summary>The sentence.</summary>
    public static string Of(ModelComparison comparison, ComparisonReport report)
    {
        PairedDifference all = comparison.All;
        if (all.P is not { } p)
        {
            return "With a single group nothing can be said about others.";
        }

        string shown = p.ToString("0.####", CultureInfo.InvariantCulture);
        if (!all.IsFound)
        {
            string reason = report.SmallestP > PairedDifference.Level
                ? $"; {Quantity.Of(report.Groups, "group is", "groups are")} too few to find one, as the smallest p that they can give is "
                    + report.SmallestP.ToString("0.####", CultureInfo.InvariantCulture)
                : "";
            return $"No difference was found on the mean over curves (p = {shown}){reason}.";
        }

        bool isError = ScoreKinds.All.Single(kind => kind.KeyOf() == report.Score).IsError();
        string better = (all.Difference > 0) != isError ? comparison.B : comparison.A;
        string[] curves = [.. comparison.Curves.Where(curve => curve.IsFound).Select(curve => curve.Curve!)];
        string few = report.SmallestP * comparison.Curves.Length > PairedDifference.Level
            ? $" ({Quantity.Of(report.Groups, "group is", "groups are")} too few for that)"
            : "";
        string single = curves.Length == 0 ? $"on no single curve after correction{few}" : $"on {string.Join(", ", curves)} after correction";
        string noise = all.IsWithinRatersNoise == true ? " The difference is within the raters' noise: another panel of raters might reverse it." : "";
        return $"{better} is better on the mean over curves (p = {shown}), and {single}.{noise}";
    }
}
