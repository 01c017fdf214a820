using Evoke.Curves;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>The labels and features of a data set, joined as recipes need them. Recipes with the same needs share one join.</summary>
/// <remarks>One thread at a time.</remarks>
/// <param name="train">Labels to train on.</param>
/// <param name="validation">Labels to validate on.</param>
/// <param name="features">Features of all videos.</param>
public sealed class RecipeData(LabelSet train, LabelSet validation, IFeatureSource features)
{
    private readonly Dictionary<(ModalityChoice, Rate, bool, double), RecipeSets> _joined = [];

    /// <summary>Labels to train on.</summary>
    public LabelSet TrainingLabels => train;

    /// <summary>Labels to validate on.</summary>
    public LabelSet ValidationLabels => validation;

    /// <summary>Features of all videos.</summary>
    public IFeatureSource Features => features;

    /// <summary>The videos that a recipe trains and validates on.</summary>
    /// <exception cref="DatasetException">No video has both labels and features, or labels and features do not match.</exception>
    public RecipeSets For(DataRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        (ModalityChoice, Rate, bool, double) key = (recipe.Modalities, recipe.Rate, recipe.MergeValidation, recipe.Lag);
        if (!_joined.TryGetValue(key, out RecipeSets? sets))
        {
            LabelSet toValidate = validation.Earlier(recipe.Lag);
            LabelSet toTrain = train.Earlier(recipe.Lag);
            LabelSet labels = recipe.MergeValidation ? toTrain.Merge(toValidate) : toTrain;
            sets = new(VideoSet.Join(labels, features, recipe.Modalities, recipe.Rate), VideoSet.Join(toValidate, features, recipe.Modalities, recipe.Rate));
            _joined.Add(key, sets);
        }

        return sets;
    }
}
