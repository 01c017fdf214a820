namespace Evoke.Datasets.Fetching;

/// <summary>How a fetch ended.</summary>
public sealed record VideoFetchReport
{
    /// <summary>Ids of the videos that came.</summary>
    public required IReadOnlyList<string> Fetched { get; init; }

    /// <summary>Ids of the videos that were there.</summary>
    public required IReadOnlyList<string> Present { get; init; }

    /// <summary>The videos that cannot be had, those of earlier runs among them.</summary>
    public required IReadOnlyList<VideoAbsence> Absent { get; init; }

    /// <summary>Ids of the videos that were not asked for, because the site wants to be left alone for a while.</summary>
    public required IReadOnlyList<string> Postponed { get; init; }
}
