using System.Reflection;
using System.Text;

namespace Evoke.Training.Recipes;

/// <summary>Writes recipes in full: every key with its value, so that the file describes a run completely.</summary>
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
        foreach ((RecipeKeyAttribute key, PropertyInfo property) in RecipeBinder.KeysOf(section.GetType()))
        {
            object? value = property.GetValue(section);
            if (RecipeBinder.IsSection(property.PropertyType))
            {
                text.Append(indent).Append(key.Key).Append(":\n");
                Append(text, value!, indent + "  ");
            }
            else
            {
                text.Append(indent).Append(key.Key).Append(": ").Append(RecipeText.Of(value)).Append('\n');
            }
        }
    }

    private static void Collect(List<KeyValuePair<string, string>> keys, object section, string prefix)
    {
        foreach ((RecipeKeyAttribute key, PropertyInfo property) in RecipeBinder.KeysOf(section.GetType()))
        {
            object? value = property.GetValue(section);
            if (RecipeBinder.IsSection(property.PropertyType))
            {
                Collect(keys, value!, $"{prefix}{key.Key}.");
            }
            else
            {
                keys.Add(new(prefix + key.Key, RecipeText.Of(value)));
            }
        }
    }
}
