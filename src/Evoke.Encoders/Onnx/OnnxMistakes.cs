namespace Evoke.Encoders.Onnx;

/// <summary>What is wrong with a network and the JSON beside it, collected so that all is said at once.</summary>
/// <param name="path">The ONNX file.</param>
internal sealed class OnnxMistakes(string path)
{
    private readonly List<string> _found = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>The name of the JSON file, for messages.</summary>
    public string SidecarName { get; } = $"{Path.GetFileName(path)}.json";

    /// <summary>True if something is wrong.</summary>
    public bool Any => _found.Count > 0;

    /// <summary>Adds a sentence.</summary>
    public void Add(string mistake)
    {
        if (!_found.Contains(mistake))
        {
            _found.Add(mistake);
        }
    }

    /// <summary>Adds a sentence about a key of the JSON file; only the first one about a key counts, as others follow from it.</summary>
    public void AddKey(string key, string mistake)
    {
        if (_keys.Add(key))
        {
            Add($"{SidecarName}, \"{key}\": {mistake}");
        }
    }

    /// <summary>Ends if something is wrong.</summary>
    /// <exception cref="OnnxModelException">It lists all mistakes.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new OnnxModelException(
                path, _found is [var only] ? only : $"{_found.Count} mistakes:{string.Concat(_found.Select(mistake => $"{Environment.NewLine}  {mistake}"))}");
        }
    }
}
