using Evoke.Curves;
using Evoke.Training.Data;
using Evoke.Training.Evaluation;

namespace Evoke.Bench;

/// <summary>What <c>evoke evaluate</c> does with labels and predictions once they are read: EEV's validation set in size.</summary>
internal sealed class EvaluateBenchmark : IBenchmark
{
    private const int Videos = 745;
    private const int Rows = 1500;

    public string Name => "evaluate";

    public string Summary => $"scores of {Videos} videos x {Rows} rows x 15 emotions, both protocols, with the bootstrap interval";

    public void Run(IReadOnlyList<string> arguments)
    {
        LabelSet labels = Curves("labels", seed: 1), predictions = Curves("predictions", seed: 2);
        Measurement time = Measurement.Of(() => Evaluator.Score(labels, predictions), rounds: 5);
        Table.Print(["", "best", "median"], [$"{Videos} videos x {Rows} rows x 15", Table.Seconds(time.Best), Table.Seconds(time.Median)]);
    }

    private static LabelSet Curves(string name, int seed)
    {
        Random random = new(seed);
        EmotionScheme scheme = EmotionScheme.Eev;
        return new LabelSet(name, scheme, Enumerable.Range(0, Videos).Select(video => new LabelledVideo(
            $"video{video}", new EmotionCurves(scheme, new TimeGrid(EevCsv.DefaultRate, Rows), [.. Enumerable.Range(0, Rows * scheme.Count).Select(_ => random.NextSingle())]))));
    }
}
