namespace Evoke.Datasets.Checking;

/// <summary>What is to be checked against what.</summary>
public sealed record DatasetCheckOptions
{
    /// <summary>Label files of the EEV form, EEV's test file among them.</summary>
    public required IReadOnlyList<string> LabelFiles { get; init; }

    /// <summary>Folder of the videos; null to leave them alone.</summary>
    public string? Videos { get; init; }

    /// <summary>Folder of the features; null to leave them alone.</summary>
    public string? Features { get; init; }

    /// <summary>By how many seconds lengths may differ: labels end where the last face was looked for, not with the last frame.</summary>
    public double ToleranceSeconds { get; init; } = 2;
}
