namespace Evoke.Datasets.Labels;

/// <summary>What happens in training to label rows that are all zeros, where no face was detected.</summary>
public enum GapTreatment
{
    /// <summary>They count like any other label, as in the paper.</summary>
    Keep,

    /// <summary>They stay in the clip but do not count in the loss.</summary>
    Mask,

    /// <summary>They are removed from the clip: SML, with position to keep the clock.</summary>
    Drop,
}
