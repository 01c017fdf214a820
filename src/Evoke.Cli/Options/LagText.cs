using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Experiments.Lags;
using Evoke.Files.Text;

namespace Evoke.Cli.Options;

/// <summary>What the search for a lag says, in one sentence.</summary>
internal static class LagText
{
    /// <summary>The sentence.</summary>
    public static string Of(LagReport report)
    {
        string found = string.Create(
            CultureInfo.InvariantCulture, $"{Quantity.Of(report.Videos, "video")} in {Quantity.Of(report.Groups, "group")}, {report.Folds} folds");
        if (report.Best == 0)
        {
            return $"No lag is better than none ({found}): data.lag=0.";
        }

        string gain = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Best:0.##} s is {report.Gain:+0.0000;-0.0000} better than no lag "
            + $"(95 % interval {IntervalText.Of(report.GainInterval, isSigned: true)}; {found})");
        return report.Chosen > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{gain}: --set data.lag={report.Chosen:0.##}.")
            : $"{gain}: this may be chance, so data.lag=0.";
    }
}
