namespace Evoke.Experiments.Paper;

/// <summary>The size of the networks and their training.</summary>
public enum ReproductionScale
{
    /// <summary>The paper's recipes: for thousands of videos.</summary>
    Paper,

    /// <summary>
    /// The head and the training of the recipe <c>demo</c> (small and short), with everything that the tables compare kept from the paper's recipes: rate,
    /// clips, filter, loss. For data sets that do not fill two of the paper's batches, where the paper's training would make hardly any steps.
    /// </summary>
    Small,
}
