using System.Collections.Immutable;

namespace Evoke.Datasets.EmoFilm;

/// <summary>A film of Emo-FilM.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">Its name in the data set.</param>
/// <param name="Seconds">How much of it was shown and rated, in seconds; null for the two films that are not in the published consensus.</param>
public sealed record RatedFilm(string Name, int? Seconds)
{
    private const string Misspelt = "LeassonLearned";
    private const string Spelt = "LessonLearned";

    /// <summary>All sixteen films.</summary>
    public static ImmutableArray<RatedFilm> All { get; } =
    [
        new("AfterTheRain", 496), new("BetweenViewings", 808), new("BigBuckBunny", 490), new("Chatter", 405), new("DamagedKungFu", null),
        new("FirstBite", 599), new(Spelt, 667), new("Payload", 1008), new("RidingTheRails", null), new("Sintel", 722), new("Spaceman", 805),
        new("Superhero", 1028), new("TearsOfSteel", 588), new("TheSecretNumber", 784), new("ToClaireFromSonny", 402), new("YouAgain", 798),
    ];

    /// <summary>True for the fourteen films of the published consensus.</summary>
    public bool IsInConsensus => Seconds is not null;

    /// <summary>True if a file is of this film. Some files of LessonLearned are named "LeassonLearned".</summary>
    public bool Has(EmoFilmFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Film == Name || (Name == Spelt && IsMisspelt(file));
    }

    /// <summary>True if the name of a file misspells its film: it may be a copy.</summary>
    internal static bool IsMisspelt(EmoFilmFile file) => file.Film == Misspelt;
}
