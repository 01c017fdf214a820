using System.Globalization;
using Evoke.Curves;
using Evoke.Datasets.Demo;
using Evoke.Experiments.Baselines;
using Evoke.Experiments.Demonstration;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;

namespace Evoke.Bench;

/// <summary>Whether heads learn: on generated films, against the mean curve, ridge regression and permuted labels.</summary>
internal sealed class LearningBenchmark : IBenchmark
{
    // The recipes adapted to films of a minute and features of a few dozen numbers: "name: settings over demo".
    private static readonly (string Name, string[] Settings)[] Recipes =
    [
        ("demo", []),
        ("demo, L1 alone", ["loss.kind=l1", "loss.pearson_weight=0"]),
        ("demo, KL alone", ["loss.kind=kl", "loss.pearson_weight=0"]),
        ("demo, CCC alone", ["loss.pearson_weight=0"]),
        ("demo, Pearson alone", ["loss.kind=pearson", "loss.pearson_weight=0"]),
        ("demo, starting in the middle of the scale", ["head.start_at_labels=false"]),
        ("demo, TCN", ["head.kind=tcn", "head.channels=32", "head.regression_hidden=32", "head.levels=4"]),
    ];

    public string Name => "learning";

    public string Summary =>
        "Pearson on unseen generated films: heads against ridge regression, the mean curve, and permuted labels; arguments: films, folder for the results";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        int films = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 120;
        using TemporaryFolder temporary = new();
        DemoLearning learning = new(arguments.Count > 1 ? arguments[1] : temporary.Path, new DemoDatasetOptions { Videos = films });
        Console.Error.WriteLine($"  making {films} films of {learning.Dataset.Options.Seconds} s …");
        learning.MakeFilmsAsync().GetAwaiter().GetResult();
        learning.ExtractAsync().GetAwaiter().GetResult();
        LearningSets sets = learning.Open(RecipeReader.Read("demo").Data);

        List<string[]> table = [["", "Pearson", "95 % bootstrap interval over films", "rows with labels", "CCC"]];
        Add("clock: mean training curve", sets.ScoreClock());
        Add("ridge regression, one step", sets.ScoreRidge());
        Add("ridge regression, 8 steps on either side", sets.ScoreRidge(new RidgeOptions { ContextSteps = 8 }));
        foreach ((string name, string[] settings) in Recipes)
        {
            Add(name, Trained(name, settings, sets));
        }

        Add("the true curves, without noise and gaps", learning.ScoreFeelings(sets));
        Add("demo, permuted training labels", Trained("permuted", [], sets.WithPermutedLabels(new Rate(1))));
        Console.WriteLine(
            $"{films} films of {learning.Dataset.Options.Seconds} s, {sets.Train.Videos.Count} for training, {sets.Test.Videos.Count} unseen; features "
            + $"{sets.Train.Visual} and {sets.Train.Audio}");
        Table.Print([.. table]);

        void Add(string what, EvaluationReport report)
        {
            string[] row = [
                what, Number(report.Pearson),
                report.PearsonInterval is { } interval ? $"{Number(interval.Low)} to {Number(interval.High)}" : "n/a",
                Number(report.PearsonDetectedOnly), Number(report.Ccc)];
            Console.Error.WriteLine($"  {string.Join("  ", row)}");
            table.Add(row);
        }

        EvaluationReport Trained(string name, string[] settings, LearningSets from)
        {
            using HeadModel head = learning.Train(RecipeReader.Read("demo", settings), from, $"run {name}");
            return sets.Score(head);
        }
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
