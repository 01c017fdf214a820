using Evoke.Datasets.Sets;
using Evoke.Heads.Networks;
using Evoke.Training.Recipes;

namespace Evoke.Training.Epochs;

/// <summary>The head that a recipe asks for.</summary>
internal static class RecipeHead
{
    /// <summary>The head's config for the features and emotions of a data set.</summary>
    public static HeadConfig ConfigOf(Recipe recipe, VideoSet set)
    {
        int position = recipe.Data.Position ? 1 : 0;
        HeadInputs inputs = new(
            set.Visual is null ? 0 : set.Visual.Width + position,
            set.Audio is null ? 0 : set.Audio.Width + position,
            set.Labels.Scheme.Count,
            most => StepRows.CountOf(set, most));
        return recipe.Catalog.HeadOf(recipe.Head).ConfigOf(recipe.Head, inputs);
    }
}
