namespace Evoke.Datasets.EmoFilm;

/// <summary>A file of Emo-FilM: one rater's trace of one item of one film, or the published consensus on one film.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">Its path in the data set, with slashes.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="Film">The film, as the path spells it.</param>
/// <param name="Rater">The rater, "sub-area"; null for a consensus.</param>
/// <param name="Item">What was rated, "Anxiety"; null for a consensus, which has all items.</param>
public sealed record EmoFilmFile(string Path, long Bytes, string Sha256, string Film, string? Rater, string? Item)
{
    /// <summary>Where the file is in a folder of ratings.</summary>
    public string In(string folder) => System.IO.Path.Combine([folder, .. Path.Split('/')]);
}
