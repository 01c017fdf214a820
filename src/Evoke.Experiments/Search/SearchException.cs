using Evoke.Files;

namespace Evoke.Experiments.Search;

/// <summary>A search file has mistakes; the message lists all of them, one per line.</summary>
public sealed class SearchException : EvokeException
{
    /// <summary>Creates the error from all mistakes found.</summary>
    /// <param name="source">Which file.</param>
    /// <param name="mistakes">One sentence each.</param>
    public SearchException(string source, IReadOnlyList<string> mistakes)
        : base($"Search {source} has {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}:"
            + string.Concat(mistakes.Select(m => $"{Environment.NewLine}  {m}"))) =>
        Mistakes = mistakes;

    /// <summary>Every mistake, one sentence each.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
