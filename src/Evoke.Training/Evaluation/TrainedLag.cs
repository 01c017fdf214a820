using System.Globalization;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Training.Recipes;

namespace Evoke.Training.Evaluation;

/// <summary>Compares the lag by which labels are moved before scoring with that of the training.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class TrainedLag
{
    /// <summary>A sentence if a model was trained on labels that were moved by another lag; null if not, or if that is not known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="lagSeconds">The lag by which the labels to score against are moved, in seconds.</param>
    /// <param name="catalog">The heads and losses that recipes may name; null for those that come with Evoke.</param>
    public static string? NoteOf(IReactionModel model, double lagSeconds, TrainingCatalog? catalog = null) =>
        NoteOf((model as HeadModel)?.Members.Select(member => member.Recipe) ?? [], lagSeconds, catalog);

    /// <summary>The same for the recipes of a model's members, as its file has them.</summary>
    /// <param name="recipes">The recipes as text; those of models from elsewhere are a remark.</param>
    /// <param name="lagSeconds">The lag by which the labels to score against are moved, in seconds.</param>
    /// <param name="catalog">The heads and losses that recipes may name; null for those that come with Evoke.</param>
    public static string? NoteOf(IEnumerable<string> recipes, double lagSeconds, TrainingCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        double[] trained = [.. recipes.Select(text => LagOf(text, catalog)).OfType<double>().Distinct()];
        return trained is [var lag] && lag != lagSeconds
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The model was trained with data.lag={lag}; here labels are moved by {lagSeconds} s. To move them as in training, give --lag {lag}.")
            : null;
    }

    private static double? LagOf(string text, TrainingCatalog? catalog)
    {
        try
        {
            Recipe recipe = RecipeReader.Parse(text, "model", catalog);
            return recipe.Name.Length > 0 ? recipe.Data.Lag : null;
        }
        catch (RecipeException)
        {
            return null; // of another version, whose keys are not known here
        }
    }
}
