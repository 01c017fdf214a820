using System.Collections.Immutable;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Files of ratings have mistakes; the message lists them, those of one kind together.</summary>
public sealed class RatingFilesException : EvokeException
{
    /// <summary>Creates the error from all mistakes found.</summary>
    /// <param name="mistakes">At least one.</param>
    /// <param name="more">How many others there are.</param>
    /// <param name="innerException">The underlying error, if any.</param>
    public RatingFilesException(IReadOnlyList<RatingMistake> mistakes, int more = 0, Exception? innerException = null)
        : base(MistakeText.Of(mistakes, more), innerException) => Mistakes = [.. mistakes];

    /// <summary>Creates the error from one mistake.</summary>
    public RatingFilesException(RatingPlace place, string expected, string found, Exception? innerException = null)
        : this([new RatingMistake(place, expected, found)], 0, innerException)
    {
    }

    /// <summary>All mistakes, in the order in which they were found; of very many the first 10,000.</summary>
    public ImmutableArray<RatingMistake> Mistakes { get; }
}
