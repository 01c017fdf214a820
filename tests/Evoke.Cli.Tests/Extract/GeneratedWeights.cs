using Evoke.Encoders.Networks;
using Evoke.Encoders.Weights;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Extract;

/// <summary>Weight files of real networks at their full size, with numbers generated from a seed.</summary>
internal static class GeneratedWeights
{
    /// <summary>Writes a safetensors file for a backbone of the catalog.</summary>
    public static void Write(string path, string backbone, string seed) => SafeTensorsWriter.Write(
        path,
        [],
        ParametersOf(backbone).Select(parameter => TensorSource.FromFloats(
            parameter.Name, [.. parameter.Shape], GoldenTensor.Weight($"{seed}.{parameter.Name}", [.. parameter.Shape]))));

    /// <summary>Writes a small file of PyTorch's for a network of the catalog: all its weights are one number, so small that no sum overflows.</summary>
    public static void WriteSmall(string path, string network) =>
        ExpandedWeights.Write(path, ParametersOf(network).Select(parameter => (parameter.Name, parameter.Shape.ToArray())), number: 1e-3f);

    private static IReadOnlyList<ParameterShape> ParametersOf(string network) => Should.Throw<WeightsMismatchException>(() => Load(network).Dispose()).Missing;

    private static IFeatureNetwork Load(string network) => network == "vggish"
        ? new VggishNetwork(new NoWeights(), "no file", NetworkPlacement.Exact)
        : WeightRegistry.Backbones.Single(known => known.Name == network).Load(new NoWeights(), "no file", NetworkPlacement.Exact);

    private sealed class NoWeights : IStateDict
    {
        public IReadOnlyCollection<string> Names => [];

        public bool Contains(string name) => false;

        public IReadOnlyList<long> ShapeOf(string name) => throw new KeyNotFoundException(name);

        public void Read(string name, Span<float> destination) => throw new KeyNotFoundException(name);
    }
}
