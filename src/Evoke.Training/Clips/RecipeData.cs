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
    private readonly Dictionary<(ModalityChoice, Rate, bool, double, bool), RecipeSets> _joined = [];

    /// <summary>Labels to train on.</summary>
    public LabelSet TrainingLabels => train;

    /// <summary>Labels to validate on.</summary>
    public LabelSet ValidationLabels => validation;

    /// <summary>Features of all videos.</summary>
    public IFeatureSource Features => features;

    /// <summary>The videos that a recipe trains and validates on.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellationToken">Ends the work after the current video.</param>
    /// <exception cref="DatasetException">No video has both labels and features, labels and features do not match, or there is no spread of raters to weigh
    /// labels by.</exception>
    public RecipeSets For(Recipe recipe, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        DataRecipe data = recipe.Data;
        bool needsSpread = recipe.Loss.Weights == LabelWeighting.Spread;
        (ModalityChoice, Rate, bool, double, bool) key = (data.Modalities, data.Rate, data.MergeValidation, data.Lag, needsSpread);
        if (!_joined.TryGetValue(key, out RecipeSets? sets))
        {
            LabelSet toTrain = (needsSpread ? LabelSpread.AddTo(train) : train).Earlier(data.Lag);
            LabelSet toValidate = (needsSpread && data.MergeValidation ? LabelSpread.AddTo(validation) : validation).Earlier(data.Lag);
            LabelSet labels = data.MergeValidation ? toTrain.Merge(toValidate) : toTrain;
            sets = new(Joined(labels), Joined(toValidate));
            _joined.Add(key, sets);
        }

        return sets;

        VideoSet Joined(LabelSet labels) => VideoSet.Join(labels, features, data.Modalities, data.Rate, cancellationToken);
    }
}
