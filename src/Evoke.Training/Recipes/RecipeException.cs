using Evoke.Files;

namespace Evoke.Training.Recipes;

/// <summary>A recipe has mistakes; the message lists all of them, one per line.</summary>
public sealed class RecipeException : EvokeException
{
    /// <summary>Creates the error from all mistakes found.</summary>
    /// <param name="source">Which recipe: a name or a file.</param>
    /// <param name="mistakes">One sentence each.</param>
    public RecipeException(string source, IReadOnlyList<string> mistakes)
        : base($"Recipe {source} has {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}:"
            + string.Concat(mistakes.Select(m => $"{Environment.NewLine}  {m}"))) =>
        Mistakes = mistakes;

    /// <summary>Every mistake, one sentence each.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
