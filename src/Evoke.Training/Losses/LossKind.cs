namespace Evoke.Training.Losses;

/// <summary>The loss that training minimises; each kind is a <see cref="CurveLoss"/>.</summary>
public enum LossKind
{
    /// <summary>Mean absolute error: the paper's loss.</summary>
    L1,

    /// <summary>Kullback-Leibler divergence per element: best in the paper's Table 3.</summary>
    Kl,

    /// <summary>1 - concordance correlation over time (the paper's equation 1).</summary>
    Ccc,

    /// <summary>Mean squared error: the loss of SML, the challenge's winner.</summary>
    Mse,

    /// <summary>1 - Pearson correlation over time: the challenge's metric itself.</summary>
    Pearson,
}
