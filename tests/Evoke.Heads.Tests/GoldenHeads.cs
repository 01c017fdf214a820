using System.Runtime.InteropServices;
using Evoke.Heads.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Testing;
using TorchSharp;

namespace Evoke.Heads.Tests;

/// <summary>The heads of the golden files: their configs, weights and inputs.</summary>
internal static class GoldenHeads
{
    public const string SmallFile = "head_small.safetensors";
    public const string FullFile = "head_full.safetensors";
    public const string NeighboursFile = "neighbours.safetensors";

    public static GruHeadConfig Small { get; } = new() { VisualWidth = 24, AudioWidth = 8, Emotions = 15, VisualHidden = 16, AudioHidden = 8, Dropout = 0 };

    public static GruHeadConfig Full { get; } = new() { VisualWidth = 1536, AudioWidth = 128, Emotions = 15 };

    public static EmoBaseHeadConfig EmoBase { get; } = new() { VisualWidth = 24, AudioWidth = 8, Emotions = 15, VisualHidden = 16, AudioHidden = 8 };

    public static TcnHeadConfig Tcn { get; } = new() { VisualWidth = 9, AudioWidth = 0, Emotions = 15, Channels = 16, RegressionHidden = 12, OutputScale = 1 };

    /// <summary>The head with the golden weights, in evaluation mode.</summary>
    public static ReactionHead Create(HeadConfig config, string prefixInGolden = "")
    {
        ReactionHead head = config.Create(InitialWeights.Zero);
        head.ReadWeights(new GoldenWeights(config, prefixInGolden));
        head.eval();
        return head;
    }

    public static torch.Tensor Input(string name, params long[] shape)
    {
        Evoke.Kernels.Torch.TorchRuntime.Start();
        return torch.tensor(GoldenTensor.SymmetricUnits(name, (int)shape.Aggregate(1L, (a, b) => a * b)), shape);
    }

    public static torch.Tensor Labels()
    {
        float[] labels = GoldenTensor.Units("golden.labels", 3 * 60 * 15, 0.3);
        labels.AsSpan(((60 + 20) * 15), 5 * 15).Clear();
        return torch.tensor(labels, [3, 60, 15]);
    }

    public static float[] Values(torch.Tensor tensor)
    {
        using torch.Tensor values = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(values.bytes).ToArray();
    }

    /// <summary>Every number within <paramref name="tolerance"/> of the largest expected one.</summary>
    public static void ShouldBeCloseTo(float[] actual, float[] expected, double tolerance, string what = "")
    {
        actual.Length.ShouldBe(expected.Length, what);
        double scale = expected.Max(Math.Abs);
        double worst = actual.Zip(expected, (a, e) => Math.Abs((double)a - e)).Max();
        worst.ShouldBeLessThanOrEqualTo(tolerance * scale, what);
    }

    /// <summary>Weights by the rule of the golden files; <paramref name="prefix"/> is what our names have before the reference's.</summary>
    private sealed class GoldenWeights(HeadConfig config, string prefix) : IStateDict
    {
        private readonly Dictionary<string, ParameterSpec> _specs = config.Parameters.ToDictionary(spec => spec.Name);

        public IReadOnlyCollection<string> Names => _specs.Keys;

        public bool Contains(string name) => _specs.ContainsKey(name);

        public IReadOnlyList<long> ShapeOf(string name) => _specs[name].Shape;

        public void Read(string name, Span<float> destination) =>
            GoldenTensor.Weight(name[prefix.Length..], _specs[name].Shape).CopyTo(destination);
    }
}
