namespace Evoke.Training.Recipes;

/// <summary>Several models that are trained, saved and used as one: the section <c>ensemble</c>.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record EnsembleRecipe
{
    /// <summary>
    /// Kinds of heads, as in head.kind, whose predictions are averaged, for example [kernel_ridge, gru]; empty for one head of head.kind. Of each kind five
    /// models are trained, each without a fifth of the training videos, which say how good it is. Each model makes all its choices on its own videos. The
    /// sections head, loss and train hold for all kinds; each reads its own keys.
    /// </summary>
    [RecipeKey("heads")]
    public IReadOnlyList<string> Heads { get; init; } = [];

    /// <summary>How often each network is trained, with another seed each time. Heads that are solved at once have no seed.</summary>
    [RecipeKey("seeds", Minimum = 1, Maximum = 100)]
    public int Seeds { get; init; } = 1;

    /// <summary>Mistakes in the names, one sentence each.</summary>
    internal IEnumerable<string> Mistakes(TrainingCatalog catalog)
    {
        string[] known = [.. catalog.Heads.Select(head => head.Entry.Kind)];
        foreach (string name in Heads.Except(known, StringComparer.Ordinal))
        {
            yield return $"ensemble.heads: expected kinds of heads ({string.Join(", ", known)}); found {name}.";
        }

        if (Heads.Distinct(StringComparer.Ordinal).Count() < Heads.Count)
        {
            yield return $"ensemble.heads: expected each kind once; found {string.Join(", ", Heads)}.";
        }
    }
}
