using System.Runtime.InteropServices;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Bench;

/// <summary>Weights generated from their names, so that benchmarks need no download. Speed does not depend on them.</summary>
internal sealed class GeneratedWeights(IEnumerable<ParameterShape> parameters) : IStateDict
{
    private const string SourceName = "generated weights";

    private readonly Dictionary<string, long[]> _shapes = parameters.ToDictionary(p => p.Name, p => p.Shape.ToArray(), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _shapes.Keys;

    /// <summary>Swin-L's: 195 million.</summary>
    public static GeneratedWeights SwinLarge() =>
        For(weights => new SwinTransformer(SwinConfig.Large, weights, "swin-l", SourceName, NetworkPlacement.Exact));

    /// <summary>VGGish's: 72 million.</summary>
    public static GeneratedWeights Vggish() => For(weights => new VggishNetwork(weights, SourceName, NetworkPlacement.Exact));

    /// <summary>Weights for a network, which reports its names when it gets no weights.</summary>
    /// <param name="load">Builds the network.</param>
    private static GeneratedWeights For(Func<IStateDict, IFeatureNetwork> load)
    {
        try
        {
            load(new GeneratedWeights([])).Dispose();
            return new GeneratedWeights([]);
        }
        catch (WeightsMismatchException nothing)
        {
            return new GeneratedWeights(nothing.Missing);
        }
    }

    public bool Contains(string name) => _shapes.ContainsKey(name);

    public IReadOnlyList<long> ShapeOf(string name) => _shapes[name];

    public void Read(string name, Span<float> destination) => GoldenTensor.FillWeight(name, _shapes[name], destination);

    /// <summary>Writes them as a .safetensors file, like a downloaded one.</summary>
    public void Save(string path) =>
        SafeTensorsWriter.Write(path, [], Names.Select(name => TensorSource.FromStream(name, DType.F32, _shapes[name], stream => WriteTensor(name, stream))));

    private void WriteTensor(string name, Stream stream)
    {
        float[] values = new float[_shapes[name].Aggregate(1L, (a, b) => a * b)];
        Read(name, values);
        stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
