using Evoke.Tensors;

namespace Evoke.Kernels.Parameters;

/// <summary>An open weight file as the state dictionary that networks read from. Any element type becomes float32, straight from the file's memory
/// map.</summary>
/// <remarks>Does not own the file: dispose that after the network is built. Reading is thread-safe, as that of the file is.</remarks>
public sealed class TensorFileStateDict : IStateDict
{
    private readonly TensorFile _file;

    /// <summary>Wraps an open file.</summary>
    public TensorFileStateDict(TensorFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
        Names = [.. file.Tensors.Keys];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names { get; }

    /// <inheritdoc/>
    public bool Contains(string name) => _file.Tensors.ContainsKey(name);

    /// <inheritdoc/>
    public IReadOnlyList<long> ShapeOf(string name) => _file.Tensors[name].Shape;

    /// <inheritdoc/>
    public void Read(string name, Span<float> destination)
    {
        if (!_file.Tensors.ContainsKey(name))
        {
            throw new KeyNotFoundException($"{_file.Path} has no tensor '{name}'.");
        }

        _file.CopyTo(name, destination);
    }
}
