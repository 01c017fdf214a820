using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Tests.Markers;

public sealed class FilmFileTests
{
    [Theory]
    [InlineData("/a/b", "/a/b/film.mp4", "film.mp4")]
    [InlineData("/a/b", "/a/clips/film.mp4", "../clips/film.mp4")]
    [InlineData("/a/b/", "/a/b/c d/film.mp4", "c d/film.mp4")]
    [InlineData("/", "/film.mp4", "film.mp4")]
    public void ALocationIsFromTheFolderOfTheFile(string folder, string video, string location) => FilmFile.LocationFrom(folder, video).ShouldBe(location);

    [Theory]
    [InlineData("film.mp4", "./film.mp4")]
    [InlineData("a:b.mp4", "./a%3Ab.mp4")]
    [InlineData("../x/ü.mp4", "../x/%C3%BC.mp4")]
    [InlineData("/a b/c.mp4", "file:///a%20b/c.mp4")]
    [InlineData(null, null)]
    public void AnAddressIsPercentEncodedAndHasNoSchemeByAccident(string? location, string? url) => new FilmFile { Location = location }.Url.ShouldBe(url);

    [Fact]
    public void NothingIsKnownOfAnUnknownFilm()
    {
        (FilmFile.Unknown.HasPicture, FilmFile.Unknown.HasSound, FilmFile.Unknown.Location).ShouldBe((false, false, null));
        FilmFile.Unknown.Timecode.FramesPerSecond.ShouldBe(25);
    }
}
