using Evoke.Curves;
using Evoke.Training.Recipes;

namespace Evoke.Training.Epochs;

/// <summary>Which emotions a recipe trains on.</summary>
internal static class EmotionMask
{
    /// <summary>1 or 0 for each emotion of the labels; null if all count.</summary>
    /// <exception cref="RecipeException">The recipe names an emotion that the labels do not have.</exception>
    public static float[]? Of(Recipe recipe, EmotionScheme scheme)
    {
        if (recipe.Data.Emotions.Count == 0)
        {
            return null;
        }

        string[] unknown = [.. recipe.Data.Emotions.Where(name => scheme.IndexOf(name) < 0)];
        return unknown.Length == 0
            ? [.. scheme.Names.Select(name => recipe.Data.Emotions.Contains(name, StringComparer.OrdinalIgnoreCase) ? 1f : 0f)]
            : throw new RecipeException(recipe.Name, [.. unknown.Select(name => $"data.emotions: the labels have no '{name}'; they have {scheme}.")]);
    }
}
