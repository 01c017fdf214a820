namespace Evoke.Experiments.Ensembles;

/// <summary>How the members of an ensemble are weighted.</summary>
public enum EnsembleWeighting
{
    /// <summary>All equally, as in the paper.</summary>
    Mean,

    /// <summary>By shares that are fitted for each emotion on the validation videos.</summary>
    Fitted,
}
