namespace Evoke.Training.Recipes;

/// <summary>The filter on the labels of a clip before training on them (the paper's section 4.3, kept as an experiment).</summary>
public enum LabelFilterKind
{
    /// <summary>Labels as they are.</summary>
    None,

    /// <summary>Butterworth of order 2 at 0.2 of the Nyquist rate, forward and backward, clipped at 0.</summary>
    Butterworth,

    /// <summary>Median of 3 steps.</summary>
    Median,

    /// <summary>Gaussian of 0.8 steps.</summary>
    Gaussian,
}

/// <summary>How features are scaled before the head; the model file carries it.</summary>
public enum NormalisationKind
{
    /// <summary>As the encoders give them, as in the paper.</summary>
    None,

    /// <summary>Each feature minus its mean, divided by its standard deviation; both from the training set.</summary>
    Standard,

    /// <summary>Each step's features divided by their Euclidean norm.</summary>
    L2,
}

/// <summary>The optimizer.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with L2 in the gradient, as in the paper.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    Adamw,

    /// <summary>Gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>How the learning rate changes over the epochs.</summary>
public enum ScheduleKind
{
    /// <summary>Constant.</summary>
    Constant,

    /// <summary>Multiplied by gamma at each milestone, as in the paper.</summary>
    Multistep,

    /// <summary>Falls along half a cosine.</summary>
    Cosine,

    /// <summary>Falls along half a cosine repeatedly, with restarts.</summary>
    CosineRestarts,
}

/// <summary>How much each label counts in the loss.</summary>
public enum LabelWeighting
{
    /// <summary>All count the same.</summary>
    None,

    /// <summary>
    /// By the raters' agreement: 1 / max(spread, loss.spread_floor), where the spread is the raters' standard deviation at this label as a share of the curve's
    /// range, scaled so that the mean weight of the training labels is 1. It is read from spread.csv beside the training labels, as evoke dataset import
    /// writes it. Where fewer than two raters have a value, the weight is 1.
    /// </summary>
    Spread,
}

/// <summary>The score by which the best checkpoint is chosen.</summary>
public enum SelectionMetric
{
    /// <summary>Mean Pearson over all rows: the challenge's protocol.</summary>
    Pearson,

    /// <summary>Mean Pearson over rows with labels.</summary>
    PearsonDetectedOnly,

    /// <summary>Mean concordance correlation over all rows.</summary>
    Ccc,
}
