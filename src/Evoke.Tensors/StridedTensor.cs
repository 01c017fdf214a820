using System.Runtime.InteropServices;

namespace Evoke.Tensors;

/// <summary>A tensor as a view of stored bytes, as PyTorch and NumPy keep them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">For each dimension, elements from one index to the next, 0 or more.</param>
/// <param name="Offset">Its first element, in elements from the start of <paramref name="Bytes"/>.</param>
/// <param name="Bytes">What it is a view of.</param>
internal sealed record StridedTensor(string Name, DType DType, long[] Shape, long[] Strides, long Offset, StoredBytes Bytes)
{
    /// <summary>Checks that all elements lie within the stored bytes. Some may be there more than once, as in what <c>expand</c> gives (stride 0).</summary>
    /// <exception cref="MalformedTensorFileException">They do not.</exception>
    public TensorInfo Check(string path)
    {
        string what = $"the tensor '{Name}' {DType.SafeTensorsName()} [{string.Join(", ", Shape)}]";
        if (Strides.Length != Shape.Length || Offset < 0 || !TensorSize.TryGetByteLength(DType, Shape, out long byteLength))
        {
            throw new MalformedTensorFileException(path, $"{what} at element {Offset} with strides [{string.Join(", ", Strides)}] is not a tensor.");
        }

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
        if (byteLength > 0 && last >= available)
        {
            throw new MalformedTensorFileException(path, $"{what} at element {Offset} goes beyond its storage, which has {available} elements.");
        }

        long? fileOffset = IsContiguous && byteLength > 0 ? Bytes.FileOffset + (Offset * DType.Size()) : Bytes.FileOffset;
        return new TensorInfo(Name, DType, Shape, IsContiguous ? fileOffset : null, byteLength);
    }

    /// <summary>True if the elements are contiguous in row-major order.</summary>
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
        switch (DType.Size())
        {
            case 1:
                Gather<byte>(result);
                break;
            case 2:
                Gather<ushort>(result);
                break;
            case 4:
                Gather<uint>(result);
                break;
            default:
                Gather<ulong>(result);
                break;
        }

        return result;
    }

    /// <summary>Walks over the last two dimensions in tiles: a transposed matrix, the usual case, is then read line by line of the cache.</summary>
    private void Gather<T>(byte[] result)
        where T : unmanaged
    {
        const int Tile = 32;
        Span<T> target = MemoryMarshal.Cast<byte, T>(result.AsSpan());
        int rank = Shape.Length;
        long columns = rank > 0 ? Shape[^1] : 1;
        long rows = rank > 1 ? Shape[^2] : 1;
        long columnStride = rank > 0 ? Strides[^1] : 0;
        long rowStride = rank > 1 ? Strides[^2] : 0;
        int matrix = checked((int)(rows * columns));
        long reach = ((rows - 1) * rowStride) + ((columns - 1) * columnStride) + 1;
        int size = DType.Size();
        long[] index = new long[Math.Max(rank - 2, 0)];
        long start = Offset;
        for (int done = 0; done < target.Length; done += matrix)
        {
            ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(Bytes.Slice(start * size, checked((int)(reach * size))));
            for (int row = 0; row < rows; row += Tile)
            {
                for (int column = 0; column < columns; column += Tile)
                {
                    int lastRow = (int)Math.Min(row + Tile, rows);
                    int lastColumn = (int)Math.Min(column + Tile, columns);
                    for (int r = row; r < lastRow; r++)
                    {
                        for (int c = column; c < lastColumn; c++)
                        {
                            target[done + (int)(r * columns) + c] = source[(int)((r * rowStride) + (c * columnStride))];
                        }
                    }
                }
            }

            start = Next(index, start);
        }
    }

    /// <summary>The first element of the next matrix.</summary>
    private long Next(long[] index, long start)
    {
        for (int d = index.Length - 1; d >= 0; d--)
        {
            start += Strides[d];
            if (++index[d] < Shape[d])
            {
                break;
            }

            start -= Shape[d] * Strides[d];
            index[d] = 0;
        }

        return start;
    }
}
