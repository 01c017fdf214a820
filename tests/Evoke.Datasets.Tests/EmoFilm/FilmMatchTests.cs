using Evoke.Datasets.Checking;
using Evoke.Datasets.EmoFilm;
using Evoke.Media.Videos;

namespace Evoke.Datasets.Tests.EmoFilm;

public sealed class FilmMatchTests
{
    [Theory]
    [InlineData("01 Tears of Steel (1080p)", 588.4, "TearsOfSteel", FilmMatchState.Matched)]
    [InlineData("tears_of_steel", 734.2, "TearsOfSteel", FilmMatchState.Longer)]
    [InlineData("TearsOfSteel-teaser", 60.0, "TearsOfSteel", FilmMatchState.WrongLength)]
    [InlineData("tearsofsteel", 584.0, "TearsOfSteel", FilmMatchState.WrongLength)]
    [InlineData("tearsofsteel", 7340.0, "TearsOfSteel", FilmMatchState.WrongLength)]
    [InlineData("tearsofsteel", null, "TearsOfSteel", FilmMatchState.Unchecked)]
    [InlineData("secret-number", 784.0, "TheSecretNumber", FilmMatchState.Matched)]
    [InlineData("Riding the Rails", 300.0, "RidingTheRails", FilmMatchState.Unchecked)]
    [InlineData("tears", 588.0, "TearsOfSteel", FilmMatchState.Missing)]
    public void AFilmIsFoundByNameAndLength(string id, double? seconds, string film, FilmMatchState state) =>
        FilmMatch.Of([Entry(id, seconds)], RatedFilm.All).Single(match => match.Film.Name == film).State.ShouldBe(state);

    [Fact]
    public void OfSeveralFilesTheOneOfTheRatedLengthIsTaken()
    {
        InventoryEntry trailer = Entry("sintel-trailer", 52), whole = Entry("sintel", 888), rated = Entry("sintel-cut", 722);

        FilmMatch.Of([trailer, whole, rated], RatedFilm.All).Single(match => match.IsUsed).Found.ShouldBe(rated);
        FilmMatch.Of([trailer, whole], RatedFilm.All).Single(match => match.IsUsed).Message.ShouldContain("166 s longer");
    }

    [Fact]
    public void AFileOfAnotherNameIsNotTakenButItsLengthIsNoted()
    {
        InventoryEntry file = Entry("download(3)", 599.5);
        IReadOnlyList<FilmMatch> matches = FilmMatch.Of([file], RatedFilm.All);

        matches.ShouldAllBe(match => match.State == FilmMatchState.Missing);
        FilmMatch.AsLongAs(file, matches)!.Name.ShouldBe("FirstBite");
        FilmMatch.AsLongAs(Entry("other", 1500), matches).ShouldBeNull();
    }

    private static InventoryEntry Entry(string id, double? seconds) => new(new VideoFile(id, $"/films/{id}.mp4"), 1, seconds);
}
