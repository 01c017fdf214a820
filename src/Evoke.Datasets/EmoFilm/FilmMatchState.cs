namespace Evoke.Datasets.EmoFilm;

/// <summary>What was found of a film of Emo-FilM.</summary>
public enum FilmMatchState
{
    /// <summary>A file of its name and length.</summary>
    Matched,

    /// <summary>A file of its name that is longer, as with credits, which were not shown: the rest has no labels.</summary>
    Longer,

    /// <summary>A file of its name; one of the lengths is not known.</summary>
    Unchecked,

    /// <summary>A file of its name that is too short or far too long: it is not used.</summary>
    WrongLength,

    /// <summary>No file of its name.</summary>
    Missing,
}
