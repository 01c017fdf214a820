using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Networks;

/// <summary>Weights of the golden files: they follow from names and shapes, so they are computed when they are read.</summary>
internal sealed class GoldenStateDict(IEnumerable<ParameterShape> parameters) : IStateDict
{
    private readonly Dictionary<string, long[]> _shapes = parameters.ToDictionary(p => p.Name, p => p.Shape.ToArray(), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _shapes.Keys;

    /// <summary>The weights of a network, which reports its names when it gets no weights.</summary>
    /// <param name="load">Builds the network.</param>
    public static GoldenStateDict For(Func<IStateDict, IFeatureNetwork> load)
    {
        WeightsMismatchException empty = Should.Throw<WeightsMismatchException>(() => load(new GoldenStateDict([])).Dispose());
        return new GoldenStateDict(empty.Missing);
    }

    public bool Contains(string name) => _shapes.ContainsKey(name);

    public IReadOnlyList<long> ShapeOf(string name) => _shapes[name];

    public void Read(string name, Span<float> destination) => GoldenTensor.FillWeight(name, _shapes[name], destination);
}
