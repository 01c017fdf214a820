using System.Collections.Immutable;
using Evoke.Files;

namespace Evoke.Datasets.EmoFilm;

/// <summary>How a data set is made of Emo-FilM.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EmoFilmOptions
{
    /// <summary>The folder of the user's films; null for labels of all films under their names in Emo-FilM.</summary>
    public string? Films { get; init; }

    /// <summary>The folder of the rating files; what is missing there is downloaded.</summary>
    public string Ratings { get; init; } = Path.Combine(EvokeHome.Resolve(), "emo-film");

    /// <summary>The list of files.</summary>
    public ImmutableArray<EmoFilmFile> Files { get; init; } = EmoFilmFiles.Published();

    /// <summary>The address that the files' paths follow.</summary>
    public Uri Address { get; init; } = new("https://s3.amazonaws.com/openneuro.org/ds004872/");

    /// <summary>The items: curves come in this order.</summary>
    public ImmutableArray<string> Items { get; init; } = EmoFilmItems.Feelings;

    /// <summary>What the labels are.</summary>
    public EmoFilmGold Gold { get; init; }

    /// <summary>True to use the two films that are not in the published consensus too.</summary>
    public bool AllFilms { get; init; }

    /// <summary>The share of the films that is for validation, 0 or more and below 1.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>How long and how often to try downloads.</summary>
    public DownloadOptions Download { get; init; } = DownloadOptions.Default;
}
