namespace Evoke.Datasets.Checking;

/// <summary>In what way the parts of a dataset disagree.</summary>
public enum DisagreementKind
{
    /// <summary>A video is in the label files and has no file.</summary>
    FileMissing,

    /// <summary>A file is there whose id is in no label file.</summary>
    LabelsMissing,

    /// <summary>A video is in the label files and has no features.</summary>
    FeaturesMissing,

    /// <summary>A video is in more than one label file: what is learned from would be measured on.</summary>
    Shared,

    /// <summary>A file cannot be read, or a feature file is damaged.</summary>
    Unreadable,

    /// <summary>Labels and file are not equally long.</summary>
    FileLength,

    /// <summary>Labels and features are not equally long.</summary>
    FeatureLength,
}
