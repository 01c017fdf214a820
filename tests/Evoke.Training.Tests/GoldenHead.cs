using Evoke.Heads.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Testing;
using Evoke.Training.Optimizers;
using static TorchSharp.torch;

namespace Evoke.Training.Tests;

/// <summary>The small head of the golden files, with inputs and labels.</summary>
internal static class GoldenHead
{
    public const string File = "head_small.safetensors";

    public static GruHeadConfig Config { get; } = new() { VisualWidth = 24, AudioWidth = 8, Emotions = 15, VisualHidden = 16, AudioHidden = 8, Dropout = 0 };

    public static Tensor Visual() => tensor(GoldenTensor.SymmetricUnits("golden.visual", 3 * 60 * 24), [3, 60, 24]);

    public static Tensor Audio() => tensor(GoldenTensor.SymmetricUnits("golden.audio", 3 * 60 * 8), [3, 60, 8]);

    public static Tensor Labels()
    {
        float[] labels = GoldenTensor.Units("golden.labels", 3 * 60 * 15, 0.3);
        labels.AsSpan((60 + 20) * 15, 5 * 15).Clear();
        return tensor(labels, [3, 60, 15]);
    }

    public static ReactionHead Create(HeadConfig? config = null)
    {
        ReactionHead head = (config ?? Config).Create(InitialWeights.Zero);
        head.ReadWeights(new Weights(head.Config));
        return head;
    }

    public static NamedParameter[] ParametersOf(ReactionHead head) => [.. head.named_parameters().Select(p => new NamedParameter(p.name, p.parameter))];

    public static void ShouldHold(Tensor actual, string name)
    {
        (float[] expected, _) = GoldenFile.ReadFloats(File, name);
        double scale = expected.Max(v => Math.Abs((double)v));
        float[] found = actual.detach().contiguous().data<float>().ToArray();
        found.Length.ShouldBe(expected.Length, name);
        expected.Select((e, i) => Math.Abs(found[i] - e)).Max().ShouldBeLessThanOrEqualTo((float)(1e-5 * scale), name);
    }

    private sealed class Weights(HeadConfig config) : IStateDict
    {
        private readonly Dictionary<string, ParameterSpec> _specs = config.Parameters.ToDictionary(spec => spec.Name);

        public IReadOnlyCollection<string> Names => _specs.Keys;

        public bool Contains(string name) => _specs.ContainsKey(name);

        public IReadOnlyList<long> ShapeOf(string name) => _specs[name].Shape;

        public void Read(string name, Span<float> destination) => GoldenTensor.Weight(name, _specs[name].Shape).CopyTo(destination);
    }
}
