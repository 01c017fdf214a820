namespace Evoke.Studio.Storage;

/// <summary>Which jobs a list has.</summary>
internal enum JobFilter
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that wait or run.</summary>
    Open,

    /// <summary>Those that have ended.</summary>
    Ended,

    /// <summary>Those that failed and were not tried again since.</summary>
    Failed,
}

/// <summary>The states of the jobs of a list.</summary>
internal static class JobFilters
{
    /// <summary>The states that a filter lets through.</summary>
    public static JobState[] States(this JobFilter filter) => filter switch
    {
        JobFilter.All => Enum.GetValues<JobState>(),
        JobFilter.Open => [JobState.Queued, JobState.Running],
        JobFilter.Ended => [JobState.Done, JobState.Failed, JobState.Cancelled],
        JobFilter.Failed => [JobState.Failed],
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a filter of jobs."),
    };
}
