namespace Evoke.Tensors.Pickle;

// What a pickle can hold, besides null, bool, long, double, string and byte[]. None of these runs anything.

/// <summary>The content of a pickle.</summary>
/// <param name="Root">Its value.</param>
/// <param name="Storages">Every storage that it refers to, by key, those of dropped objects too.</param>
/// <param name="Length">How many bytes it took.</param>
internal sealed record PickleContent(object? Root, IReadOnlyDictionary<string, PickleStorage> Storages, int Length);

/// <summary>A name in a module; a class or function that is known here, or of which only the name is kept.</summary>
internal sealed record PickleGlobal(string Module, string Name, PickleMeaning Meaning, DType StorageType = default)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A fixed sequence.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A sequence that is filled piece by piece.</summary>
internal sealed record PickleList(List<object?> Items);

/// <summary>A dictionary, ordered or not: its pairs in the order in which they were set.</summary>
internal sealed record PickleDictionary(List<KeyValuePair<object?, object?>> Pairs)
{
    /// <summary>The value that was last set under a text key.</summary>
    public bool TryGet(string key, out object? value)
    {
        for (int i = Pairs.Count - 1; i >= 0; i--)
        {
            if (Pairs[i].Key is string text && text == key)
            {
                value = Pairs[i].Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}

/// <summary>An object of a class of which only the name is kept: its contents were skipped and dropped.</summary>
internal sealed record PickleInert(PickleGlobal Class);

/// <summary>An integer beyond 64 bits, as its little-endian bytes.</summary>
internal sealed record PickleBigInteger(byte[] Bytes);

/// <summary>The storage of a tensor's elements.</summary>
/// <param name="Key">Its name in the archive.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Count">How many elements it has.</param>
/// <param name="ViewOffset">For a view of another storage, the first element within that one; else 0.</param>
/// <param name="ViewCount">For a view, how many elements it sees; else <paramref name="Count"/>.</param>
internal sealed record PickleStorage(string Key, DType DType, long Count, long ViewOffset, long ViewCount)
{
    /// <summary>The elements, if they are in the pickle itself, as those of a NumPy array are; else null.</summary>
    public byte[]? Inline { get; init; }
}

/// <summary>A tensor as a view of a storage; not yet checked against it.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>A NumPy element type: its code and, once its state is set, its byte order.</summary>
internal sealed record PickleArrayType(string Code)
{
    /// <summary>'&lt;' for little-endian, '|' where it does not matter.</summary>
    public char ByteOrder { get; set; } = '=';

    /// <summary>The element type; null for an unsupported one.</summary>
    public DType? Type => (ByteOrder, Code) switch
    {
        ('<', "f8") => DType.F64,
        ('<', "f4") => DType.F32,
        ('<', "f2") => DType.F16,
        ('<', "i8") => DType.I64,
        ('<', "i4") => DType.I32,
        ('<', "i2") => DType.I16,
        ('|', "i1") => DType.I8,
        ('|', "u1") => DType.U8,
        ('|', "b1") => DType.Bool,
        _ => null,
    };
}

/// <summary>A NumPy array: made empty, then given its content.</summary>
internal sealed class PickleArray
{
    /// <summary>Its content; null before it is set, and for unsupported element types (objects, complex numbers).</summary>
    public PickleTensor? Content { get; set; }
}
