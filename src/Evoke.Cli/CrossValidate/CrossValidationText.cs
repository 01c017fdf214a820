using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Experiments.Folds;
using Evoke.Files.Text;

namespace Evoke.Cli.CrossValidate;

/// <summary>The result of a cross-validation for a terminal.</summary>
internal static class CrossValidationText
{
    private const string Pearson = "pearson", Ccc = "ccc";

    /// <summary>Prints the model by curve, and the baselines beside it.</summary>
    public static void Write(TextWriter output, CrossValidationReport report, string folder)
    {
        ModelEstimate model = report.Models[0];
        int width = Math.Max("mean over curves".Length, model.Curves.Keys.Max(name => name.Length)) + 2;
        output.WriteLine(
            $"{report.Recipe}: {Quantity.Of(report.Videos, "video")} in {Quantity.Of(report.Groups, "group")} ({report.Grouping}), "
            + $"{report.Folds} folds, {report.Epoch} epoch of each run");
        if (!report.FoldLags.IsEmpty)
        {
            IEnumerable<string> lags = report.FoldLags.Select(lag => string.Create(CultureInfo.InvariantCulture, $"{lag} s"));
            output.WriteLine($"lag found on the training videos of each fold: {string.Join(", ", lags)}");
        }

        output.WriteLine("mean over videos, each predicted by a model that has not seen it; 95 % bootstrap interval over groups, 2,000 samples");
        output.WriteLine(
            $"{"".PadRight(width)}{"Pearson",9}{"interval",20}{"CCC",9}{"interval",20}"
            + string.Concat(report.Models.Skip(1).Select(baseline => $"{baseline.Name,9}")) + (report.Models.Length > 1 ? "  (Pearson)" : ""));
        foreach (string curve in model.Curves.Keys)
        {
            WriteRow(output, curve.PadRight(width), report, estimate => estimate.Curves[curve]);
        }

        WriteRow(output, "mean over curves".PadRight(width), report, estimate => estimate.All);
        output.WriteLine($"predictions: {Path.Combine(folder, CrossValidation.Predictions)}; all scores: {Path.Combine(folder, "scores.csv")}");
    }

    private static void WriteRow(
        TextWriter output, string name, CrossValidationReport report, Func<ModelEstimate, IReadOnlyDictionary<string, CurveEstimate>> of)
    {
        (CurveEstimate pearson, CurveEstimate ccc) = (of(report.Models[0])[Pearson], of(report.Models[0])[Ccc]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}{pearson.Mean,9:F4}{IntervalText.Of(pearson.Interval),20}{ccc.Mean,9:F4}{IntervalText.Of(ccc.Interval),20}")
            + string.Concat(report.Models.Skip(1).Select(one => string.Create(CultureInfo.InvariantCulture, $"{of(one)[Pearson].Mean,9:F4}"))));
    }
}
