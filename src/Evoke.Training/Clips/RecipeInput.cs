using Evoke.Datasets.Sets;
using Evoke.Heads.Inputs;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>How a recipe passes features to the head.</summary>
internal static class RecipeInput
{
    /// <summary>The input of one modality; null for a head without it.</summary>
    /// <param name="recipe">The recipe's data section.</param>
    /// <param name="modality">The features; null for a head without them.</param>
    /// <param name="statistics">The statistics to standardise with; null without standardisation.</param>
    public static ModalityInput? Of(DataRecipe recipe, SetModality? modality, FeatureStatistics? statistics) => modality is null
        ? null
        : new ModalityInput(modality.Width, NormalisationOf(recipe.Normalisation), statistics, PositionOf(recipe));

    /// <summary>A recipe's normalisation as model files name it.</summary>
    public static FeatureNormalisation NormalisationOf(NormalisationKind kind) => kind switch
    {
        NormalisationKind.None => FeatureNormalisation.None,
        NormalisationKind.Standard => FeatureNormalisation.Standardise,
        NormalisationKind.L2 => FeatureNormalisation.L2,
        _ => throw new InvalidOperationException($"Unknown normalisation: {kind}."),
    };

    /// <summary>The position feature that a recipe asks for; null for none.</summary>
    public static PositionFeature? PositionOf(DataRecipe data) => data.Position ? new PositionFeature(data.PositionUnit) : null;
}
