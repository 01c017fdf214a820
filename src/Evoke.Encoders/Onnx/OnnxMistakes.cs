namespace Evoke.Encoders.Onnx;

/// <summary>What is wrong with a network and the JSON beside it, collected so that all is said at once.</summary>
/// <param name="path">The ONNX file.</param>
/// <param name="preset">The preset whose settings go before a JSON file; null for none.</param>
internal sealed class OnnxMistakes(string path, string? preset = null)
{
    private readonly List<string> _found = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Where the settings are, for messages: the JSON file, or the preset.</summary>
    public string SettingsName { get; } = preset is null ? $"{Path.GetFileName(path)}.json" : $"preset {preset}";

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
            Add($"{SettingsName}, \"{key}\": {mistake}");
        }
    }

    /// <summary>True if something is wrong with one of these keys, so that what follows from it need not be said.</summary>
    public bool Has(params IEnumerable<string> keys) => keys.Any(_keys.Contains);

    /// <summary>What the user may write into the JSON file beside something else: " or "output" in net.onnx.json"; nothing with a preset.</summary>
    public string OrKey(string key) => preset is null ? $" or \"{key}\" in {SettingsName}" : "";

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
