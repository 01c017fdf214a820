using Evoke.Training.Epochs;

namespace Evoke.Experiments.Search;

/// <summary>How a search ended.</summary>
/// <param name="Metric">The score that trials were compared by: "pearson", "pearson_detected_only" or "ccc".</param>
/// <param name="Keys">The keys that were tried, in the order of <see cref="SearchTrial.Values"/>.</param>
/// <param name="Trials">All trials, the best first.</param>
public sealed record SearchReport(string Metric, IReadOnlyList<string> Keys, IReadOnlyList<SearchTrial> Trials)
{
    /// <summary>The best trial.</summary>
    public SearchTrial Best => Trials[0];
}

/// <summary>One trial.</summary>
/// <param name="Number">Which, from 0.</param>
/// <param name="Values">What it tried, one value for each key.</param>
/// <param name="Epochs">How many epochs it was trained.</param>
/// <param name="Score">Its best validation score; null if its training diverged.</param>
/// <param name="BestEpoch">After how many epochs that was; 0 if there is none.</param>
/// <param name="State">How it ended.</param>
/// <param name="Folder">Its run folder.</param>
public sealed record SearchTrial(int Number, IReadOnlyList<string> Values, int Epochs, double? Score, int BestEpoch, TrialState State, string Folder);

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>It was trained to the end of its recipe.</summary>
    Finished,

    /// <summary>It was not trained to the end: others were better, or the search has not come to it again.</summary>
    Stopped,

    /// <summary>Its loss was no number any more.</summary>
    Diverged,
}

/// <summary>Where a search stands.</summary>
/// <param name="Rung">Which rung, from 0; a random search has one.</param>
/// <param name="Rungs">How many there are.</param>
/// <param name="Trial">The trial under way.</param>
/// <param name="Position">Which of the rung's trials that is, from 0.</param>
/// <param name="Count">How many trials the rung has.</param>
/// <param name="Epochs">To how many epochs it is trained in this rung.</param>
/// <param name="Happening">What happened.</param>
public sealed record SearchProgress(int Rung, int Rungs, int Trial, int Position, int Count, int Epochs, TrainingEvent Happening);
