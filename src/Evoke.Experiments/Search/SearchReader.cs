using System.Globalization;
using Evoke.Files.Yaml;
using Evoke.Training.Recipes;
using YamlDotNet.RepresentationModel;

namespace Evoke.Experiments.Search;

/// <summary>Reads searches from YAML files. Every unknown key is a mistake, and all mistakes are found at once.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class SearchReader
{
    private const string RangesKey = "ranges";

    /// <summary>Reads a search.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SearchException">There is no such file, or it has mistakes: all of them are listed.</exception>
    /// <param name="catalog">The heads and losses that recipes may name; null for those that come with Evoke.</param>
    public static SearchSpec Read(string path, TrainingCatalog? catalog = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new SearchException($"'{path}'", ["there is no such file."]);
        }

        using StreamReader reader = new(path);
        return Read(reader, path, Path.GetDirectoryName(Path.GetFullPath(path)), catalog);
    }

    /// <summary>Reads a search from YAML text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">What the text is called in messages.</param>
    /// <exception cref="SearchException">It has mistakes: all of them are listed.</exception>
    /// <param name="catalog">The heads and losses that recipes may name; null for those that come with Evoke.</param>
    public static SearchSpec Parse(string yaml, string source, TrainingCatalog? catalog = null)
    {
        using StringReader reader = new(yaml);
        return Read(reader, source, folder: null, catalog);
    }

    private static SearchSpec Read(TextReader reader, string source, string? folder, TrainingCatalog? catalog)
    {
        YamlMappingNode root = YamlText.ReadKeys(reader, mistake => new SearchException(source, [mistake]));
        List<string> mistakes = [];
        YamlScalarNode rangesKey = new(RangesKey);
        root.Children.TryGetValue(rangesKey, out YamlNode? ranges);
        root.Children.Remove(rangesKey);
        SearchSpec spec = RecipeBinder.Bind<SearchSpec>(root, mistakes) with { Folder = folder, Catalog = catalog ?? TrainingCatalog.Default };
        spec = spec with { Ranges = Ranges(ranges, mistakes) };
        Check(spec, mistakes);
        return mistakes.Count == 0 ? spec : throw new SearchException(source, mistakes);
    }

    private static void Check(SearchSpec spec, List<string> mistakes)
    {
        if (spec.Base.Length == 0)
        {
            mistakes.Add($"base: expected the name or the path of a recipe; available recipes: {string.Join(", ", RecipeReader.BuiltIn)}.");
            return;
        }

        if (!IsRecipe(spec, [], $"base '{spec.Base}': ", mistakes))
        {
            return;
        }

        Recipe recipe = spec.RecipeWith([]);
        if (spec.Strategy == SearchStrategy.Halving && spec.MinEpochs > recipe.Train.Epochs)
        {
            mistakes.Add(FormattableString.Invariant(
                $"min_epochs: expected at most the {recipe.Train.Epochs} epochs of the recipe; found {spec.MinEpochs}."));
        }

        foreach (SearchRange range in spec.Ranges)
        {
            // Each value alone: contradictions between keys are found when values are drawn.
            _ = range.Edges().All(value => IsRecipe(spec, [$"{range.Key}={value}"], $"{RangesKey}.", mistakes));
        }
    }

    private static bool IsRecipe(SearchSpec spec, IEnumerable<string> settings, string prefix, List<string> mistakes)
    {
        try
        {
            spec.RecipeWith(settings);
            return true;
        }
        catch (RecipeException error)
        {
            mistakes.AddRange(error.Mistakes.Select(mistake => prefix + mistake));
            return false;
        }
    }

    private static List<SearchRange> Ranges(YamlNode? node, List<string> mistakes)
    {
        if (node is not YamlMappingNode { Children.Count: > 0 } section)
        {
            mistakes.Add($"{RangesKey}: expected keys of the recipe, each with the values to try, for example train.lr: {{ log_uniform: [1e-5, 1e-3] }}.");
            return [];
        }

        List<SearchRange> ranges = [];
        foreach ((YamlNode key, YamlNode value) in section.Children)
        {
            if (Range(YamlMistakes.KeyOf(key), value, mistakes) is { } range)
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    private static SearchRange? Range(string key, YamlNode node, List<string> mistakes)
    {
        if (node is not YamlMappingNode { Children.Count: 1 } mapping
            || mapping.Children.First() is not { Key: YamlScalarNode kind, Value: YamlSequenceNode items })
        {
            mistakes.Add(
                $"{RangesKey}.{key}{YamlMistakes.Where(node)}: expected one of "
                + "uniform: [LOW, HIGH], log_uniform: [LOW, HIGH], integers: [LOW, HIGH], choices: [A, B, …].");
            return null;
        }

        if (kind.Value == "choices")
        {
            return items.Children.Count > 0 ? new ChoiceRange(key, [.. items.Children.Select(Text)]) : Wrong("at least one choice");
        }

        double[] ends = [.. items.Children.Select(Number)];
        if (ends is not [var low, var high] || !(low < high))
        {
            return Wrong("two numbers, the smaller one first");
        }

        return kind.Value switch
        {
            "uniform" => new UniformRange(key, low, high),
            "log_uniform" => low > 0 ? new LogUniformRange(key, low, high) : Wrong("numbers above 0"),
            "integers" => low == Math.Floor(low) && high == Math.Floor(high) && Math.Max(Math.Abs(low), high) < int.MaxValue
                ? new IntegerRange(key, (int)low, (int)high)
                : Wrong("whole numbers"),
            _ => Wrong("uniform, log_uniform, integers or choices"),
        };

        SearchRange? Wrong(string expected)
        {
            string found = string.Join(", ", items.Children.Select(Text));
            mistakes.Add($"{RangesKey}.{key}.{kind.Value}{YamlMistakes.Where(node)}: expected {expected}; found [{found}].");
            return null;
        }
    }

    // A choice may itself be a list, for example milestones.
    private static string Text(YamlNode node) => node switch
    {
        YamlScalarNode scalar => scalar.Value ?? "",
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(Text))}]",
        _ => node.ToString(),
    };

    private static double Number(YamlNode node) =>
        node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? number
            : double.NaN;
}
