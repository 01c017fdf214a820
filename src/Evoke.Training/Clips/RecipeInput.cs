using Evoke.Datasets.Sets;
using Evoke.Heads.Inputs;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>How a recipe wants features to be given to the head.</summary>
internal static class RecipeInput
{
    /// <summary>How one modality is given; null for a head without it.</summary>
    /// <param name="recipe">The recipe's data section.</param>
    /// <param name="modality">The features; null for a head without them.</param>
    /// <param name="statistics">What they are standardised by; null without standardisation.</param>
    public static ModalityInput? Of(DataRecipe recipe, SetModality? modality, FeatureStatistics? statistics) => modality is null
        ? null
        : new ModalityInput(modality.Width, NormalisationOf(recipe.Normalisation), statistics, PositionOf(recipe));

    /// <summary>The name that model files have for a recipe's normalisation.</summary>
    public static FeatureNormalisation NormalisationOf(NormalisationKind kind) => kind switch
    {
        NormalisationKind.None => FeatureNormalisation.None,
        NormalisationKind.Standard => FeatureNormalisation.Standardise,
        NormalisationKind.L2 => FeatureNormalisation.L2,
        _ => throw new InvalidOperationException($"There is no normalisation {kind}."),
    };

    /// <summary>The position feature that a recipe asks for; null for none.</summary>
    public static PositionFeature? PositionOf(DataRecipe data) => data.Position ? new PositionFeature(data.PositionUnit) : null;
}
