namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Collects mistakes, so that all of them are shown at once. Not thread-safe.</summary>
internal sealed class MistakeList
{
    // Whoever mixed up two columns need not wait for a million rows.
    private const int Most = 200;

    private readonly List<RatingMistake> _mistakes = [];

    /// <summary>Adds a mistake.</summary>
    /// <exception cref="RatingFilesException">There are too many to go on.</exception>
    public void Add(RatingPlace place, string expected, string found)
    {
        _mistakes.Add(new RatingMistake(place, expected, found));
        if (_mistakes.Count == Most)
        {
            ThrowIfAny();
        }
    }

    /// <summary>Throws if there is any.</summary>
    /// <exception cref="RatingFilesException">There are mistakes.</exception>
    public void ThrowIfAny()
    {
        if (_mistakes.Count > 0)
        {
            throw new RatingFilesException(_mistakes);
        }
    }
}
