namespace Evoke.Experiments.Search;

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>It was trained to the end of its recipe.</summary>
    Finished,

    /// <summary>It was not trained to the end: others were better, or the search has not returned to it yet.</summary>
    Stopped,

    /// <summary>Its loss became NaN or infinite.</summary>
    Diverged,

    /// <summary>A file of its run is damaged, so that it cannot be compared or continued: see <see cref="SearchReport.Damages"/>.</summary>
    Damaged,
}
