using System.Globalization;
using Evoke.Curves.Export;
using Evoke.Files.Text;

namespace Evoke.Cli.Predict;

/// <summary>The table that <c>evoke predict</c> prints of how well curves agree with what viewers said.</summary>
internal static class LabelScoreText
{
    private const int LeastName = 12, MostName = 28;

    /// <summary>Prints where the labels are from, and a line for each curve.</summary>
    public static void Write(TextWriter output, LabelComparison comparison)
    {
        bool hasCeiling = comparison.Scores.Any(score => score.CeilingLow is not null);
        string[] names = [.. comparison.Scores.Select(score => Shortened(ShownText.OneLine(score.Emotion)))];
        int width = Math.Max(LeastName, names.Max(name => name.Length)) + 2;
        output.WriteLine($"  labels: {ShownText.OneLine(comparison.Source)}");
        output.WriteLine($"  {"".PadRight(width)}{"Pearson",8}{"CCC",9}{"rows",9}{(hasCeiling ? "   raters: Pearson" : "")}");
        foreach ((LabelScore score, string name) in comparison.Scores.Zip(names))
        {
            output.WriteLine(
                $"  {name.PadRight(width)}{Text(score.Pearson),8}{Text(score.Ccc),9}{score.Rows.ToString(CultureInfo.InvariantCulture),9}"
                + (hasCeiling ? $"   {CeilingOf(score)}" : ""));
        }
    }

    private static string CeilingOf(LabelScore score) =>
        score is { CeilingLow: not null, CeilingHigh: not null } ? $"{Text(score.CeilingLow)} to {Text(score.CeilingHigh)}" : "n/a";

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "n/a";

    private static string Shortened(string name) => name.Length <= MostName ? name : $"{name[..(MostName - 1)]}…";
}
