using System.Collections.ObjectModel;
using System.Globalization;
using System.Reflection;
using Evoke.Curves;
using Evoke.Files.Yaml;
using Evoke.Kernels.Torch;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Evoke.Training.Recipes;

/// <summary>Fills recipe records from YAML. Continues after a mistake, so that all of them are found at once.</summary>
/// <remarks>Thread-safe: each call has a state of its own.</remarks>
public sealed class RecipeBinder
{
    /// <summary>The key that names a kind of head or loss.</summary>
    internal const string KindKey = "kind";

    private static readonly Dictionary<string, Precision> s_trainingPrecisions =
        new[] { Precision.Float32, Precision.BFloat16 }.ToDictionary(PrecisionNames.NameOf, StringComparer.Ordinal);

    private readonly List<string> _mistakes;
    private readonly string[] _paths;
    private readonly IReadOnlySet<YamlNode> _withoutLine;
    private readonly TrainingCatalog _catalog;

    private RecipeBinder(Type root, List<string> mistakes, IReadOnlySet<YamlNode> withoutLine, TrainingCatalog catalog) =>
        (_mistakes, _paths, _withoutLine, _catalog) = (mistakes, [.. PathsOf(root, catalog)], withoutLine, catalog);

    /// <summary>Fills a recipe, or another record whose properties have <see cref="RecipeKeyAttribute"/>; missing keys keep their defaults.</summary>
    /// <param name="root">The keys.</param>
    /// <param name="mistakes">Receives one sentence per mistake.</param>
    /// <param name="withoutLine">Nodes, by reference, that are not from a file and so have no line; null for none.</param>
    /// <param name="catalog">The heads and losses that may be named; null for those that come with Evoke.</param>
    public static T Bind<T>(
        YamlMappingNode root, List<string> mistakes, IReadOnlySet<YamlNode>? withoutLine = null, TrainingCatalog? catalog = null) =>
        (T)new RecipeBinder(typeof(T), mistakes, withoutLine ?? ReadOnlySet<YamlNode>.Empty, catalog ?? TrainingCatalog.Default).Section(typeof(T), root, "");

    /// <summary>The keys of a section, in file order.</summary>
    public static IEnumerable<(RecipeKeyAttribute Key, PropertyInfo Property)> KeysOf(Type section) =>
        from property in section.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let key = property.GetCustomAttribute<RecipeKeyAttribute>()
        where key is not null
        orderby property.MetadataToken
        select (key, property);

    /// <summary>True for a nested section, false for a value.</summary>
    public static bool IsSection(Type type) => type.IsClass && type != typeof(string) && KeysOf(type).Any();

    private object Section(Type type, YamlMappingNode node, string prefix)
    {
        object section = Activator.CreateInstance(type)!;
        Dictionary<string, (RecipeKeyAttribute Key, PropertyInfo Property)> keys = KeysOf(type).ToDictionary(k => k.Key.Key, StringComparer.Ordinal);
        OwnSection[] kinds = [.. _catalog.KindsOf(type)];
        Dictionary<string, object?> own = new(StringComparer.Ordinal);
        foreach ((YamlNode name, YamlNode value) in node.Children)
        {
            string key = YamlMistakes.KeyOf(name);
            if (keys.TryGetValue(key, out (RecipeKeyAttribute Key, PropertyInfo Property) found))
            {
                if ((kinds.Length > 0 && key == KindKey ? Kind(kinds, value, prefix + key) : Value(found.Key, found.Property.PropertyType, value, prefix + key))
                    is { } bound)
                {
                    found.Property.SetValue(section, bound);
                }
            }
            else if (Array.Find(kinds, kind => kind.Kind == key && kind.HasKeys) is { } ofKind)
            {
                own[key] = Section(ofKind.Type, value, prefix + key);
            }
            else
            {
                string[] elsewhere = [.. _paths.Where(path => path.EndsWith("." + key, StringComparison.Ordinal))];
                _mistakes.Add(YamlMistakes.UnknownKey(key, prefix, Where(name), keys.Keys, elsewhere));
            }
        }

        return section is IKindSection named && Array.Find(kinds, kind => kind.Kind == named.Kind && kind.HasKeys) is { } chosen
            ? named.With(own.GetValueOrDefault(chosen.Kind) ?? chosen.Create())
            : section;
    }

    private object? Section(Type type, YamlNode node, string path) =>
        node is YamlMappingNode section ? Section(type, section, path + ".") : Wrong(path, node, "a section with keys of its own");

    private object? Kind(OwnSection[] kinds, YamlNode node, string path) =>
        node is YamlScalarNode { Value: { } name } && Array.Exists(kinds, kind => kind.Kind == name)
            ? name
            : Wrong(path, node, $"{string.Join(", ", kinds.Select(kind => kind.Kind))}, or a name that your own program registers (docs/extending.md)");

    private object? Value(RecipeKeyAttribute key, Type type, YamlNode node, string path)
    {
        if (IsSection(type))
        {
            return Section(type, node, path);
        }

        if (type == typeof(IReadOnlyList<int>))
        {
            return List(node, path, "a list of whole numbers, for example [40, 80]", item => (int?)Number(key, item, path, whole: true));
        }

        if (type == typeof(IReadOnlyList<string>))
        {
            return List(
                node, path, "a list of names, for example [awe, pain]", item => item.Value is { Length: > 0 } name ? new Name(name) : (Name?)null)?
                .Select(n => n.Text).ToArray();
        }

        if (node is not YamlScalarNode scalar)
        {
            return Wrong(path, node, "one value");
        }

        if (type == typeof(string))
        {
            return scalar.Value ?? "";
        }

        if (type == typeof(bool))
        {
            return scalar.Value switch { "true" => true, "false" => false, _ => Wrong(path, node, "true or false") };
        }

        if (type.IsEnum)
        {
            Enum? choice = Enum.GetValues(type).Cast<Enum>().FirstOrDefault(c => RecipeText.NameOf(c) == scalar.Value);
            return choice ?? Wrong(path, node, string.Join(", ", Enum.GetValues(type).Cast<Enum>().Select(RecipeText.NameOf)));
        }

        if (type == typeof(Precision?))
        {
            return TrainingPrecision(scalar, path);
        }

        double? number = Number(key, scalar, path, whole: type == typeof(int));
        return number is not { } found ? null
            : type == typeof(int) ? (object)(int)found
            : type == typeof(Rate) ? new Rate(found)
            : found;
    }

    // "fastest" is null, which is also the default. Networks are not trained in int8.
    private object? TrainingPrecision(YamlScalarNode node, string path) => node.Value switch
    {
        PrecisionNames.Fastest => null,
        _ when s_trainingPrecisions.TryGetValue(node.Value ?? "", out Precision precision) => precision,
        _ => Wrong(path, node, string.Join(", ", s_trainingPrecisions.Keys.Prepend(PrecisionNames.Fastest))),
    };

    private List<T>? List<T>(YamlNode node, string path, string expected, Func<YamlScalarNode, T?> item)
        where T : struct
    {
        if (node is not YamlSequenceNode sequence || sequence.Children.Any(c => c is not YamlScalarNode))
        {
            Wrong(path, node, expected);
            return null;
        }

        T?[] items = [.. sequence.Children.Cast<YamlScalarNode>().Select(item)];
        return items.Any(i => i is null) ? null : [.. items.Select(i => i!.Value)];
    }

    private double? Number(RecipeKeyAttribute key, YamlScalarNode node, string path, bool whole)
    {
        NumberStyles styles = whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (node.Style is not ScalarStyle.Plain
            || !double.TryParse(node.Value, styles, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)
            || number < key.Minimum || number > key.Maximum || (key.MinimumExcluded && number == key.Minimum) || (key.MaximumExcluded && number == key.Maximum)
            || (whole && Math.Abs(number) > int.MaxValue))
        {
            Wrong(path, node, $"a {(whole ? "whole " : "")}number{Range(key)}");
            return null;
        }

        return number;
    }

    private object? Wrong(string path, YamlNode node, string expected)
    {
        _mistakes.Add($"{path}{Where(node)}: expected {expected}; found {YamlMistakes.Found(node)}.");
        return null;
    }

    private static string Range(RecipeKeyAttribute key)
    {
        string from = double.IsNegativeInfinity(key.Minimum)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{(key.MinimumExcluded ? " above" : " from")} {key.Minimum}");
        string to = double.IsPositiveInfinity(key.Maximum)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{(key.MaximumExcluded ? " below" : " up to")} {key.Maximum}");
        return from.Length > 0 && to.Length > 0 ? $"{from}{(key.MinimumExcluded || key.MaximumExcluded ? " and" : "")}{to}" : from + to;
    }

    private string Where(YamlNode node) => _withoutLine.Contains(node) ? "" : YamlMistakes.Where(node);

    /// <summary>The full names of all values: "name", "train.seed".</summary>
    /// <param name="section">The type whose properties are the keys.</param>
    /// <param name="catalog">The heads and losses whose own keys count too; null for those that come with Evoke.</param>
    /// <param name="prefix">What the names start with.</param>
    public static IEnumerable<string> PathsOf(Type section, TrainingCatalog? catalog = null, string prefix = "") =>
    [
        .. KeysOf(section).SelectMany(found => IsSection(found.Property.PropertyType)
            ? PathsOf(found.Property.PropertyType, catalog, $"{prefix}{found.Key.Key}.")
            : [prefix + found.Key.Key]),
        .. (catalog ?? TrainingCatalog.Default).KindsOf(section).SelectMany(kind => PathsOf(kind.Type, catalog, $"{prefix}{kind.Kind}.")),
    ];

    private readonly record struct Name(string Text);
}
