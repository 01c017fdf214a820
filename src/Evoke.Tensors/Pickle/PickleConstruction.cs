using System.Globalization;
using System.Text;

namespace Evoke.Tensors.Pickle;

/// <summary>Evaluates the calls in a pickle: they yield dictionaries, tensors, storages and inert objects.</summary>
internal static class PickleConstruction
{
    private const int MinTensorArguments = 4;
    private const int StorageArguments = 5;

    /// <summary>The result of calling <paramref name="callee"/>, which the pickle names, with a tuple of arguments.</summary>
    public static object? Make(string path, object? callee, object? arguments)
    {
        if (callee is not PickleGlobal global || arguments is not PickleTuple tuple)
        {
            throw Malformed(path, $"a {Describe(callee)} is called with a {Describe(arguments)}");
        }

        return global.Meaning switch
        {
            PickleMeaning.Inert => new PickleInert(global),
            PickleMeaning.OrderedDictionary => MakeDictionary(path, tuple.Items),
            PickleMeaning.RebuildTensor => MakeTensor(path, tuple.Items),
            PickleMeaning.RebuildParameter when tuple.Items is [PickleTensor data, ..] => data,
            PickleMeaning.ArrayReconstruct => new PickleArray(),
            PickleMeaning.ArrayType when tuple.Items is [string code, ..] => new PickleArrayType(code),
            PickleMeaning.EncodeText when tuple.Items is [string text, "latin1"] => Encoding.Latin1.GetBytes(text),
            PickleMeaning.Size when tuple.Items is [PickleTuple size] => size,
            _ => throw Malformed(path, $"'{global}' is called with {tuple.Items.Length} unsuitable values"),
        };
    }

    /// <summary>The storage that a persistent id stands for: ('storage', type, key, location, count), in the old format with a view behind it.</summary>
    public static PickleStorage MakeStorage(string path, object? id)
    {
        if (id is PickleTuple { Items: ["module", PickleGlobal or PickleInert, ..] })
        {
            throw new ForbiddenPickleException(
                path, "module", "it holds a whole module with its Python source, not a dictionary of tensors; save the state dictionary alone.");
        }

        if (id is not PickleTuple { Items: ["storage", PickleGlobal { Meaning: PickleMeaning.StorageType } type, string key, _, long count, ..] items }
            || count < 0)
        {
            throw Malformed(path, $"a persistent id is not a storage of a known type: {Describe(id)}");
        }

        return items.Length == StorageArguments || items[StorageArguments] is null
            ? new PickleStorage(key, type.StorageType, count, 0, count)
            : items[StorageArguments] is PickleTuple { Items: [_, long offset, long viewCount] } && offset >= 0 && viewCount >= 0 && offset <= count - viewCount
            ? new PickleStorage(key, type.StorageType, count, offset, viewCount)
            : throw Malformed(path, $"the storage '{key}' of {count} elements has a view outside it");
    }

    /// <summary>What __setstate__ does: fills an array; for others the state does not matter.</summary>
    public static void SetState(string path, object? target, object? state)
    {
        switch (target)
        {
            case PickleInert:
            case PickleDictionary: // PyTorch's _metadata: version numbers of modules.
                break;
            case PickleArrayType type when state is PickleTuple { Items: [_, string { Length: 1 } order, ..] }:
                type.ByteOrder = order[0];
                break;
            case PickleArray array when state is PickleTuple { Items: [.., PickleTuple shape, PickleArrayType type, bool columnsFirst, var data] }:
                array.Content = MakeArray(path, shape, type, columnsFirst, data);
                break;
            default:
                throw Malformed(path, $"unsuitable state is set on a {Describe(target)}");
        }
    }

    public static string Describe(object? value) => value switch
    {
        null => "None",
        PickleGlobal global => $"'{global}'",
        PickleInert inert => $"'{inert.Class}' object",
        PickleTuple tuple => string.Create(CultureInfo.InvariantCulture, $"tuple of {tuple.Items.Length}"),
        PickleList list => string.Create(CultureInfo.InvariantCulture, $"list of {list.Items.Count}"),
        PickleDictionary dictionary => string.Create(CultureInfo.InvariantCulture, $"dictionary of {dictionary.Pairs.Count}"),
        PickleTensor => "tensor",
        PickleArray => "NumPy array",
        PickleArrayType => "NumPy type",
        PickleStorage => "storage",
        string => "text",
        bool => "truth value",
        long or PickleBigInteger => "integer",
        double => "float",
        _ => "bytes",
    };

    /// <summary>Python 3 calls OrderedDict() and sets items; Python 2 passes a list of pairs.</summary>
    private static PickleDictionary MakeDictionary(string path, object?[] arguments)
    {
        PickleDictionary dictionary = new([]);
        switch (arguments)
        {
            case []:
                break;
            case [PickleList list]:
                foreach (object? pair in list.Items)
                {
                    dictionary.Pairs.Add(pair switch
                    {
                        PickleList { Items: [var key, var value] } => new(key, value),
                        PickleTuple { Items: [var key, var value] } => new(key, value),
                        _ => throw Malformed(path, $"an OrderedDict is built from a {Describe(pair)}; expected pairs"),
                    });
                }

                break;
            default:
                throw Malformed(path, "an OrderedDict is built from something other than a list of pairs");
        }

        return dictionary;
    }

    /// <summary>(storage, offset, size, strides, ...): the rest concerns gradients.</summary>
    private static PickleTensor MakeTensor(string path, object?[] arguments)
    {
        if (arguments.Length < MinTensorArguments || arguments[0] is not PickleStorage storage || arguments[1] is not long offset)
        {
            throw Malformed(path, "a tensor is built from something other than a storage, offset, size and strides");
        }

        return new PickleTensor(storage, offset, Integers(path, arguments[2]), Integers(path, arguments[3]));
    }

    /// <summary>The content of a NumPy array; null if its elements are not numbers.</summary>
    private static PickleTensor? MakeArray(string path, PickleTuple shape, PickleArrayType type, bool columnsFirst, object? data)
    {
        if (type.Type is not { } elementType || data is not byte[] bytes)
        {
            return null;
        }

        long[] dimensions = Integers(path, shape);
        if (!TensorSize.TryGetByteLength(elementType, dimensions, out long byteLength) || byteLength != bytes.Length)
        {
            throw Malformed(path, $"a NumPy array [{string.Join(", ", dimensions)}] of {type.Code} has {bytes.Length} bytes");
        }

        long count = bytes.Length / elementType.Size();
        return new PickleTensor(
            new PickleStorage("", elementType, count, 0, count) { Inline = bytes }, 0, dimensions, TensorSize.Strides(dimensions, columnsFirst));
    }

    private static long[] Integers(string path, object? value)
    {
        if (value is not PickleTuple tuple || tuple.Items.Length > TensorSize.MaxRank)
        {
            throw Malformed(path, $"a tensor's size or strides are a {Describe(value)}; expected a tuple of at most {TensorSize.MaxRank} integers");
        }

        long[] integers = new long[tuple.Items.Length];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = tuple.Items[i] is long integer ? integer
                : throw Malformed(path, $"a tensor's size or strides hold a {Describe(tuple.Items[i])}; expected an integer");
        }

        return integers;
    }

    private static MalformedTensorFileException Malformed(string path, string problem) => new(path, $"its pickle is damaged: {problem}.");
}
