using System.Collections.Immutable;
using System.Globalization;
using Evoke.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace Evoke.Cluster.Slurm;

/// <summary>A section of a plan while it is read: reads keys one by one, collects mistakes, and finally reports unknown keys.</summary>
internal sealed class PlanSection
{
    private readonly string _prefix;
    private readonly YamlMappingNode _node;
    private readonly List<string> _mistakes;
    private readonly List<string> _known = [];

    public PlanSection(YamlMappingNode node, List<string> mistakes, string prefix = "") => (_node, _mistakes, _prefix) = (node, mistakes, prefix);

    /// <summary>A nested section; an empty one if it is missing.</summary>
    public PlanSection Section(string key) => Find(key) switch
    {
        YamlMappingNode section => new PlanSection(section, _mistakes, _prefix + key + "."),
        null => new PlanSection(new YamlMappingNode(), _mistakes, _prefix + key + "."),
        { } other => Wrong(key, other, "a section with keys of its own", new PlanSection(new YamlMappingNode(), _mistakes, _prefix + key + ".")),
    };

    /// <summary>True if the section has the key.</summary>
    public bool Has(string key) => _node.Children.ContainsKey(new YamlScalarNode(key));

    /// <summary>A required text; "" and a mistake if it is missing.</summary>
    public string Required(string key, string expected) => Text(key, expected) ?? Missing(key, expected);

    /// <summary>A text of one line, or null.</summary>
    public string? Text(string key, string expected) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } value } when !value.AsSpan().ContainsAny('\n', '\r') => value,
        { } other => Wrong<string?>(key, other, expected, null),
    };

    /// <summary>A whole number within bounds, or the default.</summary>
    public int Whole(string key, int usual, int least, int most)
    {
        YamlNode? node = Find(key);
        return node is null ? usual
            : node is YamlScalarNode { Value: { } text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= least && number <= most ? number
            : Wrong(key, node, FormattableString.Invariant($"a whole number from {least} to {most}"), usual);
    }

    /// <summary>A number above 0, or the default.</summary>
    public double Positive(string key, double usual)
    {
        YamlNode? node = Find(key);
        return node is null ? usual
            : node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) && number > 0 ? number
            : Wrong(key, node, "a number above 0", usual);
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string key, string expected) => Find(key) switch
    {
        null => [],
        YamlScalarNode { Value: { Length: > 0 } value } when !value.AsSpan().ContainsAny('\n', '\r') => [value],
        YamlSequenceNode list when list.Children.All(
            item => item is YamlScalarNode { Value: { Length: > 0 } value } && !value.AsSpan().ContainsAny('\n', '\r')) =>
            [.. list.Children.Select(item => ((YamlScalarNode)item).Value!)],
        { } other => Wrong(key, other, expected, ImmutableArray<string>.Empty),
    };

    /// <summary>Records a mistake in the value of a key.</summary>
    public void Mistake(string key, string expected) => Wrong(key, Find(key)!, expected, 0);

    /// <summary>Records a mistake for every unknown key.</summary>
    public void Finish()
    {
        foreach (YamlNode key in _node.Children.Keys)
        {
            string name = YamlMistakes.KeyOf(key);
            if (!_known.Contains(name))
            {
                _mistakes.Add(YamlMistakes.UnknownKey(name, _prefix, YamlMistakes.Where(key), [.. _known.Distinct()]));
            }
        }
    }

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node) ? node : null;
    }

    private string Missing(string key, string expected)
    {
        if (!Has(key))
        {
            _mistakes.Add($"{_prefix}{key}: expected {expected}; it is missing.");
        }

        return "";
    }

    private T Wrong<T>(string key, YamlNode node, string expected, T instead)
    {
        _mistakes.Add($"{_prefix}{key}{YamlMistakes.Where(node)}: expected {expected}; found {YamlMistakes.Found(node)}.");
        return instead;
    }
}
