using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Experiments.Comparisons;
using Evoke.Files.Text;

namespace Evoke.Cli.Compare;

/// <summary>A comparison for a terminal.</summary>
internal static class ComparisonText
{
    private const string All = "mean over curves";

    /// <summary>Prints all pairs, and the raters if there are any.</summary>
    public static void Write(TextWriter output, ComparisonReport report)
    {
        output.WriteLine(
            $"{report.Score}, mean over {Quantity.Of(report.Videos, "video")} in {Quantity.Of(report.Groups, "group")} ({report.Grouping}) "
            + $"of {report.Labels}");
        output.WriteLine(
            "intervals: 95 %, bootstrap over groups, 2,000 samples; p: sign flips of groups, "
            + $"{(report.IsExact ? "all of them" : "10,000 of them")}; Holm: corrected for the number of curves");
        foreach (ModelComparison comparison in report.Comparisons)
        {
            output.WriteLine();
            Write(output, comparison);
            output.WriteLine(ComparisonVerdict.Of(comparison, report));
        }

        if (!report.Ceiling.IsEmpty)
        {
            WriteCeiling(output, report);
        }
    }

    private static void Write(TextWriter output, ModelComparison comparison)
    {
        int width = Math.Max(All.Length, comparison.Curves.Max(curve => curve.Curve!.Length)) + 2;
        bool hasRaters = comparison.All.RatersInterval is not null;
        output.WriteLine($"{comparison.B} against {comparison.A}");
        output.WriteLine(
            $"{"".PadRight(width)}{"first",9}{"second",9}{"difference",12}{"interval",22}{"p",9}{"Holm",9}"
            + $"{(hasRaters ? $"{"over panels of raters",24}" : "")}");
        foreach (PairedDifference row in comparison.Curves.Append(comparison.All))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(row.Curve ?? All).PadRight(width)}{row.A,9:F4}{row.B,9:F4}{row.Difference,12:+0.0000;-0.0000}"
                + $"{IntervalText.Of(row.Interval, isSigned: true),22}{P(row.P),9}{(row.Curve is null ? "" : P(row.HolmP)),9}"
                + $"{(hasRaters ? $"{IntervalText.Of(row.RatersInterval, isSigned: true),24}" : "")}"));
        }
    }

    private static void WriteCeiling(TextWriter output, ComparisonReport report)
    {
        int width = Math.Max(All.Length, report.Ceiling.Max(row => row.Curve?.Length ?? 0)) + 2;
        foreach (IGrouping<string, CeilingComparison> model in report.Ceiling.GroupBy(row => row.Model))
        {
            output.WriteLine();
            output.WriteLine($"{model.Key} against single raters: the score of one rater against the mean of the others, mean over raters");
            output.WriteLine($"{"".PadRight(width)}{"model",9}{"rater",9}{"difference",12}{"interval",22}");
            foreach (CeilingComparison row in model)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(row.Curve ?? All).PadRight(width)}{row.Score,9:F4}{row.Ceiling,9:F4}{row.Score - row.Ceiling,12:+0.0000;-0.0000}"
                    + $"{IntervalText.Of(row.Interval, isSigned: true),22}  {Reaches(row)}"));
            }
        }
    }

    private static string Reaches(CeilingComparison row) => row.ReachesRaters switch
    {
        true => "within the raters' noise: agrees with the labels at least as well as a rater",
        false => "below a rater",
        null => "",
    };

    private static string P(double? p) => p is { } known ? known.ToString("0.0000", CultureInfo.InvariantCulture) : "n/a";
}
