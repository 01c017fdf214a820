namespace Evoke.Tensors;

/// <summary>What a file says about one of its tensors.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its dimensions, each 0 or more; empty for a scalar. Do not write to it.</param>
/// <param name="ByteOffset">
/// Where its contiguous bytes start, from the start of the file; null where they are not stored that way (compressed, or stored with gaps between
/// rows).
/// </param>
/// <param name="ByteLength">How many bytes its elements take when contiguous.</param>
public sealed record TensorInfo(string Name, DType DType, long[] Shape, long? ByteOffset, long ByteLength)
{
    /// <summary>How many elements it has; 1 for a scalar.</summary>
    public long ElementCount => ByteLength / DType.Size();

    /// <summary>"name F32 [2, 3]".</summary>
    public override string ToString() => $"{Name} {DType.SafeTensorsName()} [{string.Join(", ", Shape)}]";
}
