using Evoke.Training.Runs;

namespace Evoke.Experiments.Search;

/// <summary>The result of a search.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Metric">The score by which trials were compared: "pearson", "pearson_detected_only" or "ccc".</param>
/// <param name="Keys">The keys that were tried, in the order of <see cref="SearchTrial.Values"/>.</param>
/// <param name="Trials">All trials, best first.</param>
public sealed record SearchReport(string Metric, IReadOnlyList<string> Keys, IReadOnlyList<SearchTrial> Trials)
{
    /// <summary>What is wrong with the runs that are damaged; the message names the file.</summary>
    public IReadOnlyList<RunFolderException> Damages { get; init; } = [];

    /// <summary>The best trial.</summary>
    public SearchTrial Best => Trials[0];
}
