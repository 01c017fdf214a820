using System.Globalization;

namespace Evoke.Training.Recipes;

/// <summary>The recipe for those who name none.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">A name of <see cref="RecipeReader.BuiltIn"/>.</param>
/// <param name="Reason">Why it was chosen, in a sentence for users.</param>
public sealed record RecipeDefault(string Name, string Reason)
{
    /// <summary>With fewer training videos than this, the recipe for little data is chosen.</summary>
    public const int FewVideos = 100;

    private const string ForFew = "small-data";
    private const string ForMany = "paper";

    /// <summary>Chooses by the number of training videos.</summary>
    /// <param name="trainingVideos">How many videos have labels to train on.</param>
    public static RecipeDefault For(int trainingVideos)
    {
        bool areFew = trainingVideos < FewVideos;
        return new RecipeDefault(areFew ? ForFew : ForMany, string.Create(
            CultureInfo.InvariantCulture,
            $"Recipe '{(areFew ? ForFew : ForMany)}', because none was named and there are {(areFew ? "fewer than" : "at least")} {FewVideos} training videos ")
            + string.Create(CultureInfo.InvariantCulture, $"({trainingVideos}); --recipe {(areFew ? ForMany : ForFew)} for the other one."));
    }
}
