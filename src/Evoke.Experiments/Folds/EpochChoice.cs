namespace Evoke.Experiments.Folds;

/// <summary>Which model of a fold's run predicts the videos of the fold.</summary>
public enum EpochChoice
{
    /// <summary>The best one by videos that are kept back from the rest of the fold's training videos.</summary>
    Best,

    /// <summary>The last one, trained on all training videos of the fold.</summary>
    Last,
}
