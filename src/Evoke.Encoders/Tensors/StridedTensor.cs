namespace Evoke.Encoders.Tensors;

/// <summary>A tensor as a view of stored bytes, as PyTorch and NumPy keep them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">What its elements are.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">For each dimension, elements from one index to the next, 0 or more.</param>
/// <param name="Offset">Its first element, in elements from the start of <paramref name="Bytes"/>.</param>
/// <param name="Bytes">What it is a view of.</param>
internal sealed record StridedTensor(string Name, DType DType, long[] Shape, long[] Strides, long Offset, StoredBytes Bytes)
{
    /// <summary>Checks that all elements lie within the stored bytes, and that no element is there more than once.</summary>
    /// <exception cref="MalformedTensorFileException">They do not.</exception>
    public TensorInfo Check(string path)
    {
        string what = $"the tensor '{Name}' {DType.SafeTensorsName()} [{string.Join(", ", Shape)}]";
        if (Strides.Length != Shape.Length || Offset < 0 || !TensorSize.TryGetByteLength(DType, Shape, out long byteLength))
        {
            throw new MalformedTensorFileException(path, $"{what} at element {Offset} with strides [{string.Join(", ", Strides)}] is not a tensor.");
        }

        // A view that repeats elements (stride 0) could announce any size from a few bytes; torch.save of a network's weights has none.
        Int128 last = Offset;
        for (int i = 0; i < Shape.Length; i++)
        {
            if (Strides[i] < 0)
            {
                throw new MalformedTensorFileException(path, $"{what} has the stride {Strides[i]}; expected 0 or more.");
            }

            last += (Int128)(Shape[i] - 1) * Strides[i];
        }

        long available = Bytes.Length / DType.Size();
        if (byteLength > 0 && (last >= available || byteLength > Bytes.Length))
        {
            throw new MalformedTensorFileException(path, $"{what} at element {Offset} goes beyond its storage, which has {available} elements.");
        }

        long? fileOffset = IsContiguous && byteLength > 0 ? Bytes.FileOffset + (Offset * DType.Size()) : Bytes.FileOffset;
        return new TensorInfo(Name, DType, Shape, IsContiguous ? fileOffset : null, byteLength);
    }

    /// <summary>True if the elements lie one after the other in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] == 0)
                {
                    return true;
                }

                if (Shape[i] != 1)
                {
                    if (Strides[i] != expected)
                    {
                        return false;
                    }

                    expected *= Shape[i];
                }
            }

            return true;
        }
    }

    /// <summary>The elements in row-major order, copied out.</summary>
    public byte[] Gather(int byteLength)
    {
        byte[] result = GC.AllocateUninitializedArray<byte>(byteLength);
        int size = DType.Size();
        long[] index = new long[Shape.Length];
        long element = Offset;
        for (int at = 0; at < byteLength; at += size)
        {
            Bytes.Slice(element * size, size).CopyTo(result.AsSpan(at, size));
            for (int d = Shape.Length - 1; d >= 0; d--)
            {
                element += Strides[d];
                if (++index[d] < Shape[d])
                {
                    break;
                }

                element -= Shape[d] * Strides[d];
                index[d] = 0;
            }
        }

        return result;
    }
}
