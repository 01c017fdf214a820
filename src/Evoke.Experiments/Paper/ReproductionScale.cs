namespace Evoke.Experiments.Paper;

/// <summary>How large the networks and their training are.</summary>
public enum ReproductionScale
{
    /// <summary>The recipes as the paper has them: for thousands of videos.</summary>
    Paper,

    /// <summary>
    /// The head and the training of the recipe <c>demo</c> (small and short), with everything that the tables compare kept from the paper's recipes: rate,
    /// clips, filter, loss. For data sets that do not fill two of the paper's batches, on which its own training would take hardly a step.
    /// </summary>
    Small,
}
