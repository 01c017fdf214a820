using Evoke.Files.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Evoke.Files.Yaml;

/// <summary>The words in which every reader of YAML tells what is wrong.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class YamlMistakes
{
    private const int MostCharacters = 100;

    /// <summary>An unknown key: names the nearest known one, or all of them.</summary>
    /// <param name="key">The key as it is written.</param>
    /// <param name="prefix">The section with its dot: "train."; "" at the top.</param>
    /// <param name="where">The line in brackets, as <see cref="Where"/> gives it; "" if it has none.</param>
    /// <param name="known">The keys of the section.</param>
    /// <param name="elsewhere">Full names of the same key in other sections; they are suggested first.</param>
    public static string UnknownKey(
        string key, string prefix, string where, IReadOnlyCollection<string> known, IReadOnlyCollection<string>? elsewhere = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(known);
        string advice = elsewhere is { Count: > 0 } ? $"did you mean {string.Join(" or ", elsewhere)}?"
            : Spelling.Nearest(key, known) is { } nearest ? $"did you mean {prefix}{nearest}?"
            : $"the keys are: {string.Join(", ", known)}.";
        return $"{prefix}{Short(key)}{where}: there is no such key; {advice}";
    }

    /// <summary>What a value is, for "expected …; found …": a value in quotes, shortened if it is long, "a list" or "a section".</summary>
    public static string Found(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"'{Short(scalar.Value ?? "")}'",
        YamlSequenceNode => "a list",
        _ => "a section",
    };

    /// <summary>The key as text.</summary>
    public static string KeyOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    /// <summary>" (line 3)"; "" for a node that does not come from a text.</summary>
    public static string Where(YamlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Start.Equals(Mark.Empty) && node.End.Equals(Mark.Empty) ? "" : $" ({Line(node.Start)})";
    }

    internal static string Line(Mark at) => FormattableString.Invariant($"line {Math.Max(1, at.Line)}");

    internal static string Place(Mark at) => FormattableString.Invariant($"{Line(at)}, column {at.Column}");

    private static string Short(string text) => text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
}
