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
    public static void Write(string path, string backbone, string seed)
    {
        WeightsMismatchException nothing = Should.Throw<WeightsMismatchException>(
            () => WeightRegistry.Backbones.Single(known => known.Name == backbone).Load(new NoWeights(), "no file", NetworkPlacement.Exact).Dispose());
        SafeTensorsWriter.Write(
            path,
            [],
            nothing.Missing.Select(parameter => TensorSource.FromFloats(
                parameter.Name, [.. parameter.Shape], GoldenTensor.Weight($"{seed}.{parameter.Name}", [.. parameter.Shape]))));
    }

    private sealed class NoWeights : IStateDict
    {
        public IReadOnlyCollection<string> Names => [];

        public bool Contains(string name) => false;

        public IReadOnlyList<long> ShapeOf(string name) => throw new KeyNotFoundException(name);

        public void Read(string name, Span<float> destination) => throw new KeyNotFoundException(name);
    }
}
