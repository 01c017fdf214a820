namespace Evoke.Experiments.Ensembles;

/// <summary>How members count in an ensemble's curves.</summary>
public enum EnsembleWeighting
{
    /// <summary>All alike: the paper.</summary>
    Mean,

    /// <summary>For each emotion by shares that are fitted on the validation videos.</summary>
    Fitted,
}
