namespace Evoke.Training.Recipes;

/// <summary>Several models that are trained, saved and used as one: the section <c>ensemble</c>.</summary>
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

    /// <summary>The kinds of heads.</summary>
    internal IEnumerable<HeadKind> Kinds => Heads.Select(name => KindOf(name)!.Value);

    /// <summary>Mistakes in the names, one sentence each.</summary>
    internal IEnumerable<string> Mistakes()
    {
        foreach (string name in Heads.Where(name => KindOf(name) is null))
        {
            yield return $"ensemble.heads: expected kinds of heads ({string.Join(", ", Enum.GetValues<HeadKind>().Select(kind => RecipeText.NameOf(kind)))}); "
                + $"found {name}.";
        }

        if (Heads.Distinct(StringComparer.Ordinal).Count() < Heads.Count)
        {
            yield return $"ensemble.heads: expected each kind once; found {string.Join(", ", Heads)}.";
        }
    }

    private static HeadKind? KindOf(string name) =>
        Enum.GetValues<HeadKind>().Where(kind => RecipeText.NameOf(kind) == name).Select(kind => (HeadKind?)kind).FirstOrDefault();
}
