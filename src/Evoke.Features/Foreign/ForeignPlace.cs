namespace Evoke.Features.Foreign;

/// <summary>Where the features of a video are.</summary>
/// <param name="VideoId">The video.</param>
/// <param name="File">The file.</param>
internal sealed record ForeignPlace(string VideoId, string File)
{
    /// <summary>The ending of the name after the id; null if there is none.</summary>
    public string? Key { get; init; }

    /// <summary>True for a table, false for NumPy's files.</summary>
    public bool IsTable { get; init; }

    /// <summary>True if all rows of the table are of this video.</summary>
    public bool IsOnly { get; init; } = true;

    /// <summary>The array in the file; null if it is the only one.</summary>
    public string? Array { get; init; }

    /// <summary>The array of times; null if none is known.</summary>
    public string? Times { get; init; }

    /// <summary>The file that it is in; null for <see cref="File"/>.</summary>
    public string? TimesFile { get; init; }
}
