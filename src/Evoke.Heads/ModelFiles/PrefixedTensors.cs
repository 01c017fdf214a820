using Evoke.Kernels.Parameters;
using Evoke.Tensors;

namespace Evoke.Heads.ModelFiles;

/// <summary>The tensors of a file whose names start with a prefix, without it.</summary>
internal sealed class PrefixedTensors(TensorFile file, string prefix) : IStateDict
{
    public IReadOnlyCollection<string> Names { get; } =
        [.. file.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])];

    public bool Contains(string name) => file.Tensors.ContainsKey(prefix + name);

    public IReadOnlyList<long> ShapeOf(string name) => file.Tensors[prefix + name].Shape;

    public void Read(string name, Span<float> destination) => file.CopyTo(prefix + name, destination);
}
