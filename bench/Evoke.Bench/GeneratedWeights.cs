using Evoke.Encoders.Networks;
using Evoke.Testing;

namespace Evoke.Bench;

/// <summary>Weights made up from their names, so that benchmarks need no download. Speed does not depend on them.</summary>
internal sealed class GeneratedWeights(IEnumerable<ParameterShape> parameters) : IStateDict
{
    private readonly Dictionary<string, long[]> _shapes = parameters.ToDictionary(p => p.Name, p => p.Shape.ToArray(), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _shapes.Keys;

    /// <summary>Weights for a network, which says its names when it is given none.</summary>
    /// <param name="load">Builds the network.</param>
    public static GeneratedWeights For(Func<IStateDict, IFeatureNetwork> load)
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
}
