using System.Globalization;
using Evoke.Tensors.Pickle;

namespace Evoke.Tensors.Pth;

/// <summary>Finds the dictionary of tensors in the content of a PyTorch checkpoint.</summary>
internal sealed class Checkpoint
{
    private const string ModulePrefix = "module.";
    private const int MaxNesting = 4;
    private const int KeysInMessages = 8;

    // The keys under which training programs keep the weights, the more specific first.
    private static readonly string[] Keys = ["state_dict", "model_state_dict", "model", "module", "net", "network"];

    private Checkpoint(IReadOnlyList<KeyValuePair<string, PickleTensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors by their final names.</summary>
    public IReadOnlyList<KeyValuePair<string, PickleTensor>> Tensors { get; }

    /// <summary>Plain values stored next to the dictionary: epoch, best score.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    public static Checkpoint Find(string path, object? root, WeightFileOptions options)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        object? value = root;
        for (int depth = 0; depth < MaxNesting; depth++)
        {
            if (value is PickleInert inert)
            {
                throw new ForbiddenPickleException(
                    path, inert.Class.ToString(), $"it holds a '{inert.Class}' object instead of a dictionary of tensors; save the state dictionary alone.");
            }

            if (value is not PickleDictionary dictionary)
            {
                throw new MalformedTensorFileException(path, $"it holds a {PickleConstruction.Describe(value)} instead of a dictionary of tensors.");
            }

            if (Nested(dictionary) is not { } nested)
            {
                return new Checkpoint(TensorsOf(path, dictionary, options.StripModulePrefix), metadata);
            }

            KeepPlainValues(dictionary, metadata);
            value = nested;
        }

        throw new MalformedTensorFileException(path, $"its dictionary of tensors is nested more than {MaxNesting} levels deep.");
    }

    private static PickleDictionary? Nested(PickleDictionary dictionary)
    {
        foreach (string key in Keys)
        {
            if (dictionary.TryGet(key, out object? value) && value is PickleDictionary nested)
            {
                return nested;
            }
        }

        return null;
    }

    private static void KeepPlainValues(PickleDictionary dictionary, Dictionary<string, string> metadata)
    {
        foreach ((object? key, object? value) in dictionary.Pairs)
        {
            if (key is string name && value is string or long or double or bool)
            {
                metadata[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            }
        }
    }

    private static List<KeyValuePair<string, PickleTensor>> TensorsOf(string path, PickleDictionary dictionary, bool stripModulePrefix)
    {
        Dictionary<string, PickleTensor> tensors = new(StringComparer.Ordinal); // Keeps the order of insertion as long as nothing is removed.
        foreach ((object? key, object? value) in dictionary.Pairs)
        {
            switch (key, value)
            {
                case (string name, PickleTensor tensor):
                    tensors[name] = tensor;
                    break;
                case (string name, PickleArray { Content: { } content }):
                    tensors[name] = content;
                    break;
                case (_, PickleArray):
                    throw new UnsupportedDTypeException(path, $"among its tensors, '{KeyText(key)}' is a NumPy array with elements that are not supported.");
                case (_, PickleInert inert):
                    throw new ForbiddenPickleException(path, inert.Class.ToString(), $"among its tensors, '{KeyText(key)}' is a '{inert.Class}' object.");
                case (_, PickleGlobal global):
                    throw new ForbiddenPickleException(path, global.ToString(), $"among its tensors, '{KeyText(key)}' is the class or function '{global}'.");
                default:
                    break; // Numbers and texts beside the tensors of a plain dictionary: an epoch, a version.
            }
        }

        if (tensors.Count == 0)
        {
            string keys = string.Join(", ", dictionary.Pairs.Take(KeysInMessages)
                .Select(pair => $"'{KeyText(pair.Key)}' ({PickleConstruction.Describe(pair.Value)})"));
            throw new MalformedTensorFileException(
                path, $"no tensors were found in it; its dictionary has {dictionary.Pairs.Count} keys{(keys.Length > 0 ? $": {keys}" : "")}.");
        }

        bool strip = stripModulePrefix && tensors.Keys.All(name => name.StartsWith(ModulePrefix, StringComparison.Ordinal));
        return [.. tensors.Select(pair => new KeyValuePair<string, PickleTensor>(strip ? pair.Key[ModulePrefix.Length..] : pair.Key, pair.Value))];
    }

    private static string KeyText(object? key) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => PickleConstruction.Describe(key),
    };
}
