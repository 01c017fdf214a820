using Evoke.Curves;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = Evoke.Training.Optimizers.Adam;

namespace Evoke.Bench;

/// <summary>One step of Adam over the weights of the paper's head: Evoke's kernel, TorchSharp's optimizer, and the time for reading and writing the memory
/// alone.</summary>
internal sealed class OptimizerBenchmark : IBenchmark
{
    private const int Rounds = 10;

    public string Name => "optimizer";

    public string Summary => "one step of Adam over the paper's 13.2 million weights: Evoke and TorchSharp";

    public void Run(IReadOnlyList<string> arguments)
    {
        TorchRuntime.Start();
        NativeHeap.KeepFreedMemory(); // As Trainer does.
        using ReactionHead ours = Head(), theirs = Head();
        using Adam adam = new([.. ours.named_parameters().Select(p => new NamedParameter(p.name, p.parameter))], 1e-3, new AdamOptions { WeightDecay = 1e-4 });
        using TorchSharp.Modules.Adam reference = optim.Adam(theirs.parameters(), lr: 1e-3, weight_decay: 1e-4);

        // In turn, so that other load affects both.
        Measurement kernel = Measurement.Of(adam.Step, Rounds), library = Measurement.Of(() => reference.step(), Rounds);
        Measurement kernelAgain = Measurement.Of(adam.Step, Rounds), libraryAgain = Measurement.Of(() => reference.step(), Rounds);
        ResultTable table = new(
            $"A step of Adam over {ours.ParameterCount.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} weights, "
            + $"{TorchRuntime.CountThreads()} threads",
            "s/step");
        table.Add("Evoke", Math.Min(kernel.Best.TotalSeconds, kernelAgain.Best.TotalSeconds));
        table.Add("TorchSharp", Math.Min(library.Best.TotalSeconds, libraryAgain.Best.TotalSeconds));
        table.Print("TorchSharp");
        Console.WriteLine(FormattableString.Invariant($"largest difference of a weight after the same number of steps: {LargestDifference(ours, theirs):G2}"));
    }

    private static ReactionHead Head()
    {
        ReactionHead head =
            new GruHeadConfig { VisualWidth = PaperHead.VisualWidth, AudioWidth = PaperHead.AudioWidth, Emotions = EmotionScheme.Eev.Count }.Create(seed: 1);
        foreach (Parameter weight in head.parameters())
        {
            weight.grad = RandomTensors.Normal(weight.shape);
        }

        return head;
    }

    private static float LargestDifference(ReactionHead one, ReactionHead other) =>
        one.CopyWeights().Zip(other.CopyWeights(), (a, b) => a.Values.Zip(b.Values, (x, y) => Math.Abs(x - y)).Max()).Max();
}
