using System.Collections.ObjectModel;
using System.Reflection;
using Evoke.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace Evoke.Training.Recipes;

/// <summary>Reads recipes: those that come with Evoke by name, others from YAML files. Single keys can be overridden.</summary>
/// <remarks>
/// A file may start from another recipe, by name or by a path relative to itself: <c>extends: paper</c>. Every unknown key is a mistake.
/// Thread-safe: without state.
/// </remarks>
public static class RecipeReader
{
    private const string ExtendsKey = "extends";
    private const string ResourcePrefix = "recipes.";

    /// <summary>The recipes that come with Evoke, in alphabetical order.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. from resource in typeof(RecipeReader).Assembly.GetManifestResourceNames()
           where resource.StartsWith(ResourcePrefix, StringComparison.Ordinal)
           let name = resource[ResourcePrefix.Length..^".yaml".Length]
           orderby name
           select name,
    ];

    /// <summary>Reads a recipe.</summary>
    /// <param name="nameOrPath">A name of <see cref="BuiltIn"/>, or the path of a YAML file.</param>
    /// <param name="overrides">
    /// "key=value", for example "train.lr=1e-4" or "train.milestones=[40, 80]"; later ones win. The section may be omitted where only one section has the
    /// key: "lr=1e-4".
    /// </param>
    /// <exception cref="RecipeException">There is no such recipe, or it has mistakes: all of them are listed.</exception>
    public static Recipe Read(string nameOrPath, params IEnumerable<string> overrides) => Read(nameOrPath, TrainingCatalog.Default, overrides);

    /// <summary>Reads a recipe that may name heads and losses of the program.</summary>
    /// <param name="nameOrPath">A name of <see cref="BuiltIn"/>, or the path of a YAML file.</param>
    /// <param name="catalog">The heads and losses that it may name; the recipe keeps it.</param>
    /// <param name="overrides">See <see cref="Read(string, IEnumerable{string})"/>.</param>
    /// <exception cref="RecipeException">There is no such recipe, or it has mistakes: all of them are listed.</exception>
    public static Recipe Read(string nameOrPath, TrainingCatalog catalog, params IEnumerable<string> overrides)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(overrides);
        List<string> mistakes = [];
        YamlMappingNode root = Tree(nameOrPath, []);
        HashSet<YamlNode> settings = new(ReferenceEqualityComparer.Instance);
        foreach (string setting in overrides)
        {
            Apply(root, setting, catalog, settings, mistakes);
        }

        return Finish(root, nameOrPath, catalog, settings, mistakes);
    }

    /// <summary>The full name of the key that a setting sets: "train.seed" for "seed=1"; the key as written if no section or more than one has it.</summary>
    /// <param name="setting">"key=value".</param>
    public static string KeyOf(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        string key = setting.Split('=')[0].Trim();
        return Find(setting, key, TrainingCatalog.Default, []) ?? key;
    }

    /// <summary>Reads a recipe from YAML text.</summary>
    /// <param name="yaml">The text; it may extend a recipe that comes with Evoke.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="catalog">The heads and losses that it may name; null for those that come with Evoke.</param>
    /// <exception cref="RecipeException">The recipe has mistakes: all of them are listed.</exception>
    public static Recipe Parse(string yaml, string source, TrainingCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        YamlMappingNode root = Resolve(Load(new StringReader(yaml), source), source, folder: null, []);
        return Finish(root, source, catalog ?? TrainingCatalog.Default, ReadOnlySet<YamlNode>.Empty, []);
    }

    private static Recipe Finish(
        YamlMappingNode root, string source, TrainingCatalog catalog, IReadOnlySet<YamlNode> settings, List<string> mistakes)
    {
        Recipe recipe = RecipeBinder.Bind<Recipe>(root, mistakes, settings, catalog) with { Catalog = catalog };
        mistakes.AddRange(recipe.Contradictions());
        return mistakes.Count == 0 ? recipe : throw new RecipeException(source, mistakes);
    }

    private static YamlMappingNode Tree(string nameOrPath, IReadOnlyList<string> above)
    {
        if (above.Contains(nameOrPath))
        {
            throw new RecipeException(above[0], [$"it extends itself: {string.Join(" extends ", above.Append(nameOrPath))}."]);
        }

        if (BuiltIn.Contains(nameOrPath))
        {
            using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{ResourcePrefix}{nameOrPath}.yaml")!);
            return Resolve(Load(reader, nameOrPath), nameOrPath, folder: null, [.. above, nameOrPath]);
        }

        if (Directory.Exists(nameOrPath))
        {
            throw new RecipeException($"'{nameOrPath}'", ["this is a folder; expected a YAML file, or the name of a recipe that comes with Evoke."]);
        }

        if (!File.Exists(nameOrPath))
        {
            throw new RecipeException(
                $"'{nameOrPath}'", [$"there is no such file, and Evoke has no recipe of this name; available recipes: {string.Join(", ", BuiltIn)}."]);
        }

        using StreamReader file = new(nameOrPath);
        return Resolve(Load(file, nameOrPath), nameOrPath, Path.GetDirectoryName(Path.GetFullPath(nameOrPath)), [.. above, nameOrPath]);
    }

    private static YamlMappingNode Load(TextReader reader, string source) => YamlText.ReadKeys(reader, mistake => new RecipeException(source, [mistake]));

    private static YamlMappingNode Resolve(YamlMappingNode node, string source, string? folder, IReadOnlyList<string> above)
    {
        if (!node.Children.TryGetValue(new YamlScalarNode(ExtendsKey), out YamlNode? extended))
        {
            return node;
        }

        if (extended is not YamlScalarNode { Value: { Length: > 0 } name })
        {
            throw new RecipeException(source, [$"{ExtendsKey}{YamlMistakes.Where(extended)}: expected the name or the path of a recipe."]);
        }

        node.Children.Remove(new YamlScalarNode(ExtendsKey));
        YamlMappingNode below = Tree(BuiltIn.Contains(name) || folder is null ? name : Path.Combine(folder, name), above);
        Merge(below, node);
        return below;
    }

    private static void Merge(YamlMappingNode below, YamlMappingNode above)
    {
        foreach ((YamlNode key, YamlNode value) in above.Children)
        {
            if (value is YamlMappingNode section && below.Children.TryGetValue(key, out YamlNode? present) && present is YamlMappingNode under)
            {
                Merge(under, section);
            }
            else
            {
                below.Children.Remove(key);
                below.Children.Add(key, value);
            }
        }
    }

    // Nodes from settings are remembered: they have no line in the file.
    private static void Apply(YamlMappingNode root, string setting, TrainingCatalog catalog, HashSet<YamlNode> settings, List<string> mistakes)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            mistakes.Add($"--set {setting}: expected key=value, for example train.lr=1e-4.");
            return;
        }

        YamlNode value;
        try
        {
            value = YamlText.Read(new StringReader(setting[(equals + 1)..]), mistake => new RecipeException("--set", [mistake])) ?? new YamlScalarNode("");
        }
        catch (RecipeException error)
        {
            string problem = error.Mistakes[0]; // "line 1, column 2: …", which says nothing of a setting
            int end = problem.StartsWith("line ", StringComparison.Ordinal) ? problem.IndexOf(": ", StringComparison.Ordinal) + 2 : 0;
            mistakes.Add($"--set {setting}: {problem[end..]}");
            return;
        }

        if (Find(setting, setting[..equals].Trim(), catalog, mistakes) is not { } found)
        {
            return;
        }

        string[] path = found.Split('.');
        YamlMappingNode section = root;
        foreach (string name in path[..^1])
        {
            YamlScalarNode key = new(name);
            if (!section.Children.TryGetValue(key, out YamlNode? next) || next is not YamlMappingNode)
            {
                section.Children.Remove(key);
                section.Children[key] = next = new YamlMappingNode();
                settings.Add(key);
                settings.Add(next);
            }

            section = (YamlMappingNode)next;
        }

        YamlScalarNode last = new(path[^1]);
        section.Children.Remove(last);
        section.Children.Add(last, value);
        settings.Add(last);
        settings.UnionWith(value.AllNodes);
    }

    // "seed" is "train.seed". An unknown key stays as it is, and the binder reports it.
    private static string? Find(string setting, string key, TrainingCatalog catalog, List<string> mistakes)
    {
        string[] paths = [.. RecipeBinder.PathsOf(typeof(Recipe), catalog)];
        if (paths.Any(path => path == key || path.StartsWith(key + ".", StringComparison.Ordinal)))
        {
            return key;
        }

        string[] ends = [.. paths.Where(path => path.EndsWith("." + key, StringComparison.Ordinal))];
        if (ends.Length > 1)
        {
            mistakes.Add($"--set {setting}: several sections have the key '{key}'; write one of {string.Join(", ", ends)}.");
            return null;
        }

        return ends.Length == 1 ? ends[0] : key;
    }
}
