using System.Collections.Immutable;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>The videos of a run with the features that its head gets: moving averages, without the features that the recipe leaves out.</summary>
/// <param name="Train">The training videos.</param>
/// <param name="Validation">The validation videos.</param>
/// <param name="Visual">What is made of the visual features; null for nothing.</param>
/// <param name="Audio">What is made of the audio features; null for nothing.</param>
internal sealed record PreparedSets(VideoSet Train, VideoSet Validation, FeatureExpansion? Visual, FeatureExpansion? Audio)
{
    /// <summary>Prepares two sets as a recipe says. All choices are made on the training videos.</summary>
    /// <param name="recipe">The recipe's data section.</param>
    /// <param name="train">The training videos.</param>
    /// <param name="validation">The validation videos, with the same features.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="RecipeException">The recipe leaves out features that there are not, or all of them.</exception>
    public static PreparedSets Of(DataRecipe recipe, VideoSet train, VideoSet validation, CancellationToken cancellationToken)
    {
        if (recipe.Scales.Count == 0 && recipe.Omit.Count == 0 && recipe.Screen == 0 && !recipe.Centre && !recipe.OmitCodes)
        {
            return new(train, validation, null, null);
        }

        (IReadOnlySet<int> Visual, IReadOnlySet<int> Audio) codes = (new HashSet<int>(), new HashSet<int>());
        if (recipe.OmitCodes)
        {
            codes = CodeFeatures.Of(train, cancellationToken);
        }

        FeatureExpansion? visual = Full(recipe, "visual", train.Visual, codes.Visual);
        FeatureExpansion? audio = Full(recipe, "audio", train.Audio, codes.Audio);
        if (recipe.Screen > 0)
        {
            (visual, audio) = FeatureScreen.Of(recipe, train, visual, audio, cancellationToken);
        }

        return new(Through(train, visual, audio), Through(validation, visual, audio), visual, audio);
    }

    private static FeatureExpansion? Full(DataRecipe recipe, string modality, SetModality? features, IReadOnlySet<int> codes)
    {
        if (features is null)
        {
            return null;
        }

        HashSet<int> omitted = [.. codes, .. recipe.Omit.SelectMany(text => OmittedFeatures.Read(text).In(modality, features.Width))];
        FeatureExpansion full = FeatureExpansion.Full(features.Width, recipe.Scales.Count == 0 ? [0] : recipe.Scales, recipe.Centre) with
        {
            Standardise = recipe.Standardise,
        };
        ImmutableArray<int> kept = [.. full.Columns.Where(column => !omitted.Contains(column % features.Width))];
        return kept.IsEmpty
            ? throw new RecipeException("data.omit", [$"it leaves out all {features.Width} {modality} features."])
            : full with { Columns = kept };
    }

    private static VideoSet Through(VideoSet set, FeatureExpansion? visual, FeatureExpansion? audio)
    {
        MemoryFeatureSource features = new(set.Features.Name, set.Videos.Select(video => video.Id), id =>
        {
            VideoFeatures found = set.Features.Read(id);
            return found with { Visual = Applied(visual, found.Visual), Audio = Applied(audio, found.Audio) };
        });
        return set.Through(features, WidthOf(set.Visual, visual), WidthOf(set.Audio, audio));
    }

    private static FeatureSequence? Applied(FeatureExpansion? expansion, FeatureSequence? features) =>
        expansion is null || features is null ? null : expansion.Apply(features);

    private static SetModality? WidthOf(SetModality? modality, FeatureExpansion? expansion) =>
        modality is null || expansion is null ? null : modality with { Width = expansion.Width };
}
