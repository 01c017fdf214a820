namespace Evoke.Datasets.Checking;

/// <summary>In what way the parts of a dataset disagree.</summary>
public enum DisagreementKind
{
    /// <summary>A video is in the label files but has no video file.</summary>
    FileMissing,

    /// <summary>A video file exists whose id is in no label file.</summary>
    LabelsMissing,

    /// <summary>A video is in the label files but has no features.</summary>
    FeaturesMissing,

    /// <summary>A video is in more than one label file: training data would be used for evaluation.</summary>
    Shared,

    /// <summary>A file cannot be read, or a feature file is damaged.</summary>
    Unreadable,

    /// <summary>Labels and video file differ in length.</summary>
    FileLength,

    /// <summary>Labels and features differ in length.</summary>
    FeatureLength,
}
