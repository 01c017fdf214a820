using System.Text;

namespace Evoke.Training.Recipes;

/// <summary>Writes recipes in full: every key with its value, so that the file describes a run completely.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RecipeWriter
{
    /// <summary>The recipe as YAML that reads back as the same recipe.</summary>
    public static string Write(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        StringBuilder text = new();
        Append(text, recipe, "");
        return text.ToString();
    }

    /// <summary>Every key with its value, for tables and comparisons: "train.lr" and so on, in file order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Flatten(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        List<KeyValuePair<string, string>> keys = [];
        Collect(keys, recipe, "");
        return keys;
    }

    private static void Append(StringBuilder text, object section, string indent)
    {
        foreach ((string key, object? value) in KeysOf(section))
        {
            if (value is not null && RecipeBinder.IsSection(value.GetType()))
            {
                text.Append(indent).Append(key).Append(":\n");
                Append(text, value, indent + "  ");
            }
            else
            {
                text.Append(indent).Append(key).Append(": ").Append(TextOf(section, key, value)).Append('\n');
            }
        }
    }

    private static void Collect(List<KeyValuePair<string, string>> keys, object section, string prefix)
    {
        foreach ((string key, object? value) in KeysOf(section))
        {
            if (value is not null && RecipeBinder.IsSection(value.GetType()))
            {
                Collect(keys, value, $"{prefix}{key}.");
            }
            else
            {
                keys.Add(new(prefix + key, TextOf(section, key, value)));
            }
        }
    }

    // The keys of a section, and last the section of the kind that it names.
    private static IEnumerable<(string Key, object? Value)> KeysOf(object section)
    {
        IEnumerable<(string, object?)> keys = RecipeBinder.KeysOf(section.GetType()).Select(found => (found.Key.Key, found.Property.GetValue(section)));
        return section is IKindSection { OwnSettings: { } own, Kind: var kind } ? keys.Append((kind, own)) : keys;
    }

    // Kinds are names, and written as such.
    private static string TextOf(object section, string key, object? value) =>
        section is IKindSection { Kind: var kind } && key == RecipeBinder.KindKey ? kind : RecipeText.Of(value);
}
