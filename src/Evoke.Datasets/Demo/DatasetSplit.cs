namespace Evoke.Datasets.Demo;

/// <summary>The split that a film of a dataset belongs to.</summary>
public enum DatasetSplit
{
    /// <summary>For training.</summary>
    Train,

    /// <summary>For validation.</summary>
    Validation,

    /// <summary>For the test, once.</summary>
    Test,
}
