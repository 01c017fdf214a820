namespace Evoke.Datasets.Fetching;

/// <summary>The result of a fetch.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record VideoFetchReport
{
    /// <summary>Ids of the videos that were downloaded.</summary>
    public required IReadOnlyList<string> Fetched { get; init; }

    /// <summary>Ids of the videos that already existed.</summary>
    public required IReadOnlyList<string> Present { get; init; }

    /// <summary>The unavailable videos, including those of earlier runs, without the postponed ones.</summary>
    public required IReadOnlyList<VideoAbsence> Absent { get; init; }

    /// <summary>What is wrong with the folder's gone.csv if it is damaged: see <see cref="AbsenceList.Damage"/>.</summary>
    public AbsenceListException? DamagedList { get; init; }

    /// <summary>Ids of the videos that were left for a later fetch, because the site limits requests for a while.</summary>
    public required IReadOnlyList<string> Postponed { get; init; }
}
