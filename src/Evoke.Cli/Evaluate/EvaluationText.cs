using System.Globalization;
using Evoke.Curves.Metrics;
using Evoke.Training.Evaluation;

namespace Evoke.Cli.Evaluate;

/// <summary>The tables of scores that <c>evoke evaluate</c> prints: means over videos, and over the rows of all videos together.</summary>
internal static class EvaluationText
{
    /// <summary>Prints both tables.</summary>
    public static void Write(TextWriter output, EvaluationReport report)
    {
        int width = Math.Max("all rows together".Length, report.Emotions.Keys.Max(name => name.Length)) + 2;
        output.WriteLine($"{"mean over videos".PadRight(width)}{"Pearson",10}{"labelled",11}{"Spearman",11}{"CCC",10}{"RMSE",10}{"MAE",10}");
        foreach ((string name, EmotionScore score) in report.Emotions)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name.PadRight(width)}{score.Pearson,10:F5}{score.PearsonDetectedOnly,11:F5}"
                + $"{score.Spearman,11:F5}{score.Ccc,10:F5}{score.Rmse,10:F5}{score.Mae,10:F5}"));
        }

        output.WriteLine($"{"all rows together".PadRight(width)}{"Pearson",10}{"",11}{"Spearman",11}{"CCC",10}{"RMSE",10}{"MAE",10}");
        foreach ((string name, CurveScores score) in report.Pooled ?? new Dictionary<string, CurveScores>())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name.PadRight(width)}{score.Pearson,10:F5}{"",11}{score.Spearman,11:F5}{score.Ccc,10:F5}{score.Rmse,10:F5}{score.Mae,10:F5}"));
        }
    }
}
