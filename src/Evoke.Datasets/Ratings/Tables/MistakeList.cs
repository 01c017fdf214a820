namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Collects mistakes, so that all of them are shown at once. Not thread-safe.</summary>
internal sealed class MistakeList
{
    // Further ones are counted. Whoever mixed up two columns of a million rows learns nothing from the rest.
    private const int Most = 10_000;

    private readonly List<RatingMistake> _mistakes = [];
    private int _more;

    /// <summary>Adds a mistake.</summary>
    public void Add(RatingPlace place, string expected, string found) => Add(new RatingMistake(place, expected, found));

    /// <summary>Adds the mistakes of a file.</summary>
    public void Add(RatingFilesException error)
    {
        foreach (RatingMistake mistake in error.Mistakes)
        {
            Add(mistake);
        }
    }

    /// <summary>Throws if there is any.</summary>
    /// <exception cref="RatingFilesException">There are mistakes.</exception>
    public void ThrowIfAny()
    {
        if (_mistakes.Count > 0)
        {
            throw new RatingFilesException(_mistakes, _more);
        }
    }

    private void Add(RatingMistake mistake)
    {
        if (_mistakes.Count < Most)
        {
            _mistakes.Add(mistake);
        }
        else
        {
            _more++;
        }
    }
}
