namespace Evoke.Datasets.Demo;

/// <summary>What a film of a dataset is for.</summary>
public enum DatasetSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose by.</summary>
    Validation,

    /// <summary>To be measured on, once.</summary>
    Test,
}
