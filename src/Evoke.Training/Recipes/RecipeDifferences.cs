namespace Evoke.Training.Recipes;

/// <summary>How two recipes differ.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RecipeDifferences
{
    private const string Absent = "absent";

    /// <summary>"train.lr was 0.1 and is 0.2; train.seed was 1 and is 2"; empty if they are the same.</summary>
    /// <param name="before">A recipe in full, as <see cref="RecipeWriter"/> writes it.</param>
    /// <param name="now">The other one.</param>
    /// <param name="catalog">The heads and losses that they may name.</param>
    /// <param name="source">What the first one is called in messages.</param>
    /// <exception cref="RecipeException">One has mistakes.</exception>
    public static string Of(string before, string now, TrainingCatalog catalog, string source)
    {
        Dictionary<string, string> was = Flattened(before), becomes = Flattened(now);
        return string.Join(
            "; ",
            becomes.Keys.Union(was.Keys).Where(key => ValueOf(was, key) != ValueOf(becomes, key))
                .Select(key => $"{key} was {ValueOf(was, key)} and is {ValueOf(becomes, key)}"));

        Dictionary<string, string> Flattened(string recipe) =>
            new(RecipeWriter.Flatten(RecipeReader.Parse(recipe, source, catalog)), StringComparer.Ordinal);
    }

    private static string ValueOf(Dictionary<string, string> keys, string key) => keys.GetValueOrDefault(key, Absent);
}
