using Evoke.Kernels.Parameters;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Networks;

/// <summary>Another state dictionary under other names, with additional tensors.</summary>
internal sealed class RenamedStateDict(IStateDict inner, Func<string, string> rename, params (string Name, long[] Shape)[] more) : IStateDict
{
    private readonly Dictionary<string, string> _innerName = inner.Names.ToDictionary(rename, StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _more = more.ToDictionary(m => m.Name, m => m.Shape, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => [.. _innerName.Keys, .. _more.Keys];

    public bool Contains(string name) => _innerName.ContainsKey(name) || _more.ContainsKey(name);

    public IReadOnlyList<long> ShapeOf(string name) => _more.TryGetValue(name, out long[]? shape) ? shape : inner.ShapeOf(_innerName[name]);

    public void Read(string name, Span<float> destination)
    {
        if (_more.TryGetValue(name, out long[]? shape))
        {
            GoldenTensor.FillWeight(name, shape, destination);
        }
        else
        {
            inner.Read(_innerName[name], destination);
        }
    }
}
