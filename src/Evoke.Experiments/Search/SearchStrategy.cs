namespace Evoke.Experiments.Search;

/// <summary>How a search allocates its epochs.</summary>
public enum SearchStrategy
{
    /// <summary>Every trial is trained to the end of its recipe.</summary>
    Random,

    /// <summary>
    /// Successive halving (Jamieson and Talwalkar, AISTATS 2016; with rungs in step, as ASHA without its asynchrony): all trials are trained for a few
    /// epochs, the best of them continue from their checkpoints for more epochs, and so on to the end of the recipe.
    /// </summary>
    Halving,
}
