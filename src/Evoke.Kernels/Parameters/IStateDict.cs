namespace Evoke.Kernels.Parameters;

/// <summary>The parameters of a network by their state-dict names, as a weight file or a generator holds them. Managed code only.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public interface IStateDict
{
    /// <summary>Every name, in the order of the file.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>True if there is a tensor of this name.</summary>
    bool Contains(string name);

    /// <summary>Extent of each dimension; empty for a scalar.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    IReadOnlyList<long> ShapeOf(string name);

    /// <summary>Writes a tensor as float32, row-major, into the caller's memory: straight into a network, without an intermediate copy.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="destination">As many numbers as the tensor has.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException">The destination is of another size.</exception>
    void Read(string name, Span<float> destination);
}
