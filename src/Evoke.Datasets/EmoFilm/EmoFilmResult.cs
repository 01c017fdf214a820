using System.Collections.Immutable;
using Evoke.Datasets.Checking;
using Evoke.Datasets.Ratings;
using Evoke.Media.Videos;

namespace Evoke.Datasets.EmoFilm;

/// <summary>What was made of Emo-FilM.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Ratings">The data set; null if none of the films is there.</param>
/// <param name="Films">The films and the user's files; empty without a folder of films.</param>
/// <param name="Others">The files in the folder that are not used.</param>
/// <param name="Failures">Those that cannot be read.</param>
/// <param name="Downloaded">How many files were downloaded.</param>
/// <param name="Present">How many were already there.</param>
public sealed record EmoFilmResult(
    ImportedRatings? Ratings,
    ImmutableArray<FilmMatch> Films,
    ImmutableArray<InventoryEntry> Others,
    ImmutableArray<VideoFailure> Failures,
    int Downloaded,
    int Present);
