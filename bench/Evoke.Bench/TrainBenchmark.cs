using System.Globalization;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;

namespace Evoke.Bench;

/// <summary>One step of training the paper's head at the paper's size: against the same in PyTorch, and against the best matrix product of this
/// machine.</summary>
internal sealed class TrainBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private const int StepsPerRound = 2;
    private const string Peer = "PyTorch, float32";
    private const double GigaflopsPerStep = 600;
    private static readonly Precision[] Precisions = [Precision.Float32, Precision.BFloat16];

    public string Name => "train";

    public string Summary => "one training step at the paper's size (forward, loss, backward, Adam): Evoke, PyTorch, and the lower bound of this machine";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        Dictionary<Precision, double> floors = [], steps = [];
        double peer = double.PositiveInfinity;

        // A shared machine is at times half as fast: all are measured in turn, and the best of each is kept.
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Precision precision in Precisions)
            {
                Keep(floors, precision, GemmFloor.SecondsPerGigaflop(TorchRuntime.ScalarTypeOf(precision)) * GigaflopsPerStep);
                Keep(steps, precision, SecondsPerStep(precision));
            }

            if (PythonPeer.TryRun("train_torch.py", [], out string output))
            {
                peer = Math.Min(peer, double.Parse(output, CultureInfo.InvariantCulture));
            }
        }

        ResultTable table = new("Training step, batch 128, 60 steps of 1536 + 128, 0.60 TFLOP", "s/step");
        foreach (Precision precision in Precisions)
        {
            string name = PrecisionNames.NameOf(precision);
            table.Add($"floor: best {name} product", floors[precision]);
            table.Add(FormattableString.Invariant($"Evoke, {name} ({100 * floors[precision] / steps[precision]:0} % of its floor)"), steps[precision]);
        }

        if (double.IsFinite(peer))
        {
            table.Add(Peer, peer);
        }

        table.Print(Peer);
    }

    private static void Keep(Dictionary<Precision, double> best, Precision precision, double seconds) =>
        best[precision] = Math.Min(best.GetValueOrDefault(precision, double.PositiveInfinity), seconds);

    private static double SecondsPerStep(Precision precision)
    {
        Recipe recipe = RecipeReader.Read("paper");
        using PaperHead head = new(recipe, precision);
        ClipBatch batch = RandomBatch(recipe);
        return Measurement.Of(() => head.Step(batch), StepsPerRound).Best.TotalSeconds;
    }

    private static ClipBatch RandomBatch(Recipe recipe)
    {
        Random random = new(1);
        ClipBatch batch = new();
        batch.Shape(
            [.. Enumerable.Range(0, recipe.Train.Batch)], recipe.Data.ClipSteps, PaperHead.VisualWidth, PaperHead.AudioWidth, emotions: 15, maskWidth: 0,
            hasWeights: false);
        foreach (float[] values in new[] { batch.Visual, batch.Audio, batch.Labels })
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.NextSingle();
            }
        }

        return batch;
    }
}
