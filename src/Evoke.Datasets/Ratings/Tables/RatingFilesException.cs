using System.Collections.Immutable;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Files of ratings have mistakes; the message lists them, one per line.</summary>
public sealed class RatingFilesException : EvokeException
{
    private const int Shown = 20;

    /// <summary>Creates the error from all mistakes found.</summary>
    /// <param name="mistakes">At least one.</param>
    /// <param name="innerException">The underlying error, if any.</param>
    public RatingFilesException(IReadOnlyList<RatingMistake> mistakes, Exception? innerException = null)
        : base(Listed(mistakes), innerException) => Mistakes = [.. mistakes];

    /// <summary>Creates the error from one mistake.</summary>
    public RatingFilesException(RatingPlace place, string expected, string found, Exception? innerException = null)
        : this([new RatingMistake(place, expected, found)], innerException)
    {
    }

    /// <summary>All mistakes, in the order in which they were found.</summary>
    public ImmutableArray<RatingMistake> Mistakes { get; }

    private static string Listed(IReadOnlyList<RatingMistake> mistakes)
    {
        if (mistakes.Count == 1)
        {
            return mistakes[0].ToString();
        }

        string more = mistakes.Count > Shown ? $"{Environment.NewLine}  … and {mistakes.Count - Shown} more" : "";
        IEnumerable<string> lines = mistakes.Take(Shown).Select(mistake => $"{Environment.NewLine}  {mistake}");
        return $"The ratings have {mistakes.Count} mistakes:{string.Concat(lines)}{more}";
    }
}
