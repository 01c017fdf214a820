namespace Evoke.Datasets.Checking;

/// <summary>What a check compares.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record DatasetCheckOptions
{
    /// <summary>Label files in EEV's format, including EEV's test file.</summary>
    public required IReadOnlyList<string> LabelFiles { get; init; }

    /// <summary>Folder of the videos; null to skip them.</summary>
    public string? Videos { get; init; }

    /// <summary>Folder of the features; null to skip them.</summary>
    public string? Features { get; init; }

    /// <summary>By how many seconds lengths may differ: labels end at the last labelled frame, not at the last frame of the video.</summary>
    public double ToleranceSeconds { get; init; } = 2;
}
