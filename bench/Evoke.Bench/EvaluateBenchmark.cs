using System.Globalization;
using CliWrap;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Training.Evaluation;

namespace Evoke.Bench;

/// <summary><c>evoke evaluate</c> over EEV's validation set in size: the scores alone, and the whole command from two CSV files.</summary>
internal sealed class EvaluateBenchmark : IBenchmark
{
    private const int Videos = 745;
    private const int Rows = 1500;
    private const int Rounds = 5;

    public string Name => "evaluate";

    public string Summary => $"scores of {Videos} videos x {Rows} rows x 15 emotions, both protocols, with the bootstrap interval";

    public void Run(IReadOnlyList<string> arguments)
    {
        LabelSet labels = Curves("labels", seed: 1), predictions = Curves("predictions", seed: 2);
        Measurement scores = Measurement.Of(() => Evaluator.Score(labels, predictions), Rounds);
        using TemporaryFile labelsFile = new("labels.csv"), predictionsFile = new("predictions.csv");
        EevCsv.Write(labels.Scheme, labels.Videos, labelsFile.Path, EevCsv.YouTubeId);
        EevCsv.Write(predictions.Scheme, predictions.Videos, predictionsFile.Path);
        Measurement command = Measurement.Of(() => EvaluateAsync(labelsFile.Path, predictionsFile.Path).GetAwaiter().GetResult(), Rounds);
        double megabytes = (new FileInfo(labelsFile.Path).Length + new FileInfo(predictionsFile.Path).Length) / 1e6;
        Table.Print(
            [$"{Videos} videos x {Rows} rows x 15", "best", "median"],
            ["scores of labels and predictions already in memory", Table.Seconds(scores.Best), Table.Seconds(scores.Median)],
            [
                string.Create(CultureInfo.InvariantCulture, $"evoke evaluate --predictions, {megabytes:0} MB of CSV"), Table.Seconds(command.Best),
                Table.Seconds(command.Median)]);
    }

    private static async Task EvaluateAsync(string labels, string predictions) =>
        await Cli.Wrap("dotnet").WithArguments([EvokeProgram.Path, "evaluate", "--labels", labels, "--predictions", predictions]).ExecuteAsync();

    private static LabelSet Curves(string name, int seed)
    {
        Random random = new(seed);
        EmotionScheme scheme = EmotionScheme.Eev;
        return new LabelSet(name, scheme, Enumerable.Range(0, Videos).Select(video => new LabelledVideo(
            $"video{video}",
            new EmotionCurves(
                scheme, new TimeGrid(EevCsv.DefaultRate, Rows), [.. Enumerable.Range(0, Rows * scheme.Count).Select(_ => random.Next(10_000) / 10_000f)]))));
    }
}
