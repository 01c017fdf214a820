namespace Evoke.Tensors;

/// <summary>An open file of named tensors, whatever its format. Reading is thread-safe; disposing is not.</summary>
public abstract class TensorFile : IDisposable
{
    private const int ConversionBlockBytes = 1 << 20;
    private const int NamesInMessages = 8;

    /// <summary>Creates the base of an open file.</summary>
    /// <param name="path">Where the file is, for messages.</param>
    protected TensorFile(string path) => Path = path;

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>How the file is laid out.</summary>
    public abstract TensorFileFormat Format { get; }

    /// <summary>Text that the file carries besides its tensors; empty where the format has none.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name (ordinal comparison).</summary>
    public abstract IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>What the file says about one tensor.</summary>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    public TensorInfo this[string name] => Tensors.TryGetValue(name, out TensorInfo? info) ? info : throw Missing(name);

    /// <summary>The contiguous row-major bytes of a tensor as stored, without copying where the format allows; valid until the file is disposed.</summary>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="TensorFileLimitException">The tensor is larger than 2 GiB: read it in parts.</exception>
    public ReadOnlySpan<byte> GetBytes(string name)
    {
        TensorInfo info = this[name];
        return info.ByteLength <= int.MaxValue
            ? GetBytes(info, 0, (int)info.ByteLength)
            : throw new TensorFileLimitException(Path, $"the tensor {info} has {info.ByteLength} bytes, more than one span can hold; read it in parts.");
    }

    /// <summary>Part of the contiguous row-major bytes of a tensor, for tensors of any size; valid until the file is disposed.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="offset">First byte, from the start of the tensor.</param>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the tensor.</exception>
    public ReadOnlySpan<byte> GetBytes(string name, long offset, int length)
    {
        TensorInfo info = this[name];
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, info.ByteLength - length);
        return GetBytes(info, offset, length);
    }

    /// <summary>Writes all elements of a tensor, row-major, as 32-bit floats into <paramref name="destination"/>.</summary>
    /// <param name="name">The tensor, of any element type.</param>
    /// <param name="destination">Exactly as many elements as the tensor has.</param>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="ArgumentException">The destination is of another length.</exception>
    public void CopyTo(string name, Span<float> destination)
    {
        TensorInfo info = CheckedDestination(name, destination.Length);
        int block = ConversionBlockBytes / info.DType.Size();
        for (int done = 0; done < destination.Length; done += block)
        {
            int count = Math.Min(block, destination.Length - done);
            ElementConversion.ToSingle(info.DType, Elements(info, done, count), destination.Slice(done, count));
        }
    }

    /// <summary>Writes all elements of a tensor, row-major, as 64-bit floats into <paramref name="destination"/>.</summary>
    /// <param name="name">The tensor, of any element type.</param>
    /// <param name="destination">Exactly as many elements as the tensor has.</param>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="ArgumentException">The destination is of another length.</exception>
    public void CopyTo(string name, Span<double> destination)
    {
        TensorInfo info = CheckedDestination(name, destination.Length);
        int block = ConversionBlockBytes / info.DType.Size();
        for (int done = 0; done < destination.Length; done += block)
        {
            int count = Math.Min(block, destination.Length - done);
            ElementConversion.ToDouble(info.DType, Elements(info, done, count), destination.Slice(done, count));
        }
    }

    /// <summary>All elements of a tensor, row-major, as 32-bit floats.</summary>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="TensorFileLimitException">It has more elements than an array can hold.</exception>
    public float[] ReadFloats(string name)
    {
        float[] values = GC.AllocateUninitializedArray<float>(ArrayLength(name));
        CopyTo(name, values);
        return values;
    }

    /// <summary>All elements of a tensor, row-major, as 64-bit floats.</summary>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="TensorFileLimitException">It has more elements than an array can hold.</exception>
    public double[] ReadDoubles(string name)
    {
        double[] values = GC.AllocateUninitializedArray<double>(ArrayLength(name));
        CopyTo(name, values);
        return values;
    }

    /// <summary>All elements of a tensor of integers or truth values (0 and 1), row-major.</summary>
    /// <exception cref="MissingTensorException">The file has no tensor of that name.</exception>
    /// <exception cref="UnsupportedDTypeException">The tensor holds floating-point numbers.</exception>
    /// <exception cref="TensorFileLimitException">It has more elements than an array can hold.</exception>
    public long[] ReadIntegers(string name)
    {
        TensorInfo info = this[name];
        if (info.DType.IsFloatingPoint())
        {
            throw new UnsupportedDTypeException(Path, $"integers were asked for, but the tensor {info} holds floating-point numbers.");
        }

        long[] values = GC.AllocateUninitializedArray<long>(ArrayLength(name));
        int block = ConversionBlockBytes / info.DType.Size();
        for (int done = 0; done < values.Length; done += block)
        {
            int count = Math.Min(block, values.Length - done);
            ElementConversion.ToInt64(info.DType, Elements(info, done, count), values.AsSpan(done, count));
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Part of a tensor's contiguous bytes; the range has been checked.</summary>
    protected abstract ReadOnlySpan<byte> GetBytes(TensorInfo info, long offset, int length);

    /// <summary>Releases the file.</summary>
    protected abstract void Dispose(bool disposing);

    private ReadOnlySpan<byte> Elements(TensorInfo info, int first, int count) =>
        GetBytes(info, (long)first * info.DType.Size(), count * info.DType.Size());

    private TensorInfo CheckedDestination(string name, int length)
    {
        TensorInfo info = this[name];
        return info.ElementCount == length
            ? info
            : throw new ArgumentException($"The tensor {info} has {info.ElementCount} elements; the destination has room for {length}.", nameof(length));
    }

    private int ArrayLength(string name)
    {
        TensorInfo info = this[name];
        return info.ElementCount <= Array.MaxLength
            ? (int)info.ElementCount
            : throw new TensorFileLimitException(Path, $"the tensor {info} has {info.ElementCount} elements, more than an array can hold.");
    }

    private MissingTensorException Missing(string name)
    {
        string known = Tensors.Count switch
        {
            0 => "it has none",
            <= NamesInMessages => $"it has {string.Join(", ", Tensors.Keys)}",
            _ => $"it has {Tensors.Count}: {string.Join(", ", Tensors.Keys.Take(NamesInMessages))}, ...",
        };
        return new MissingTensorException(Path, name, $"there is no tensor named '{name}'; {known}.");
    }
}
