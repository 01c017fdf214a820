using System.Globalization;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Dataset;

public sealed class DatasetEmoFilmTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheUsersFilmsAreListedAndThoseFoundGetLabels()
    {
        MakeRatings("Sintel", 722);
        MakeRatings("Chatter", 405);
        MakeRatings("YouAgain", 798);
        await AddFilmAsync("Sintel_4k.mp4", 888);
        await AddFilmAsync("chatter.mp4", 300);
        await AddFilmAsync("evening.mp4", 798);

        CommandResult result = await RunAsync("--films", _folder.File("films"));

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Out.ShouldMatch(@"Sintel +722 s +Sintel_4k\.mp4 +888 s +matched, 166 s longer");
        result.Out.ShouldMatch(@"Chatter +405 s +chatter\.mp4 +300 s +not used: expected 405 s");
        result.Out.ShouldMatch(@"YouAgain +798 s +- +- +missing");
        result.Out.ShouldContain("not used: evening.mp4, 798 s; as long as YouAgain");
        result.Out.ShouldContain("0 rating files downloaded, 4 already there");
        CommandResult check = await CommandResult.OfAsync("dataset", "check", "--csv", _folder.File("out/labels.csv"));
        check.Out.ShouldStartWith("1 labelled video");
        File.ReadLines(_folder.File("out/labels.csv")).Skip(1).ShouldAllBe(line => line.StartsWith("Sintel_4k,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutFilmsAllAreLabelledUnderTheirOwnNames()
    {
        MakeRatings("Sintel", 722);
        MakeRatings("Chatter", 405);

        CommandResult result = await RunAsync("--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement made = JsonDocument.Parse(result.Out).RootElement.GetProperty("dataset");
        made.GetProperty("videos").EnumerateArray().Select(video => video.GetString()).ShouldBe(["Chatter", "Sintel"]);
        made.GetProperty("curves").EnumerateObject().Select(curve => curve.Name).ShouldBe(["Love", "Sad"]);
        made.GetProperty("rate").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task WithoutAnyOfTheFilmsNothingIsWritten()
    {
        MakeRatings("Sintel", 722);
        await AddFilmAsync("evening.mp4", 798);

        CommandResult result = await RunAsync("--films", _folder.File("films"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("None of the films is in");
        Directory.Exists(_folder.File("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--gold published --all-films", "--gold published and --all-films exclude each other")]
    [InlineData("--gold published --items all", "--gold published and --items all exclude each other")]
    [InlineData("--films nowhere", "--films names a folder; '")]
    [InlineData("--from ftp://x/y", "--from takes an http or https address; found 'ftp://x/y'.")]
    public async Task WrongUseIsSaidToBe(string options, string said)
    {
        CommandResult result = await CommandResult.OfAsync(["dataset", "emo-film", .. options.Split(' '), "--out", _folder.File("out")]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    // The files are already there, so that nothing is downloaded.
    private Task<CommandResult> RunAsync(params string[] more) => CommandResult.OfAsync(
        ["dataset", "emo-film", "--ratings", _folder.File("ratings"), "--list", _folder.File("list.tsv"), "--out", _folder.File("out"), .. more]);

    private async Task AddFilmAsync(string name, int seconds)
    {
        string film = await TestFilms.MakeAsync(
            $"gray{seconds}.mp4", "-f", "lavfi", "-i", "color=c=gray:s=32x32:r=2", "-t", seconds.ToString(CultureInfo.InvariantCulture),
            "-c:v", "libx264", "-preset", "ultrafast");
        Directory.CreateDirectory(_folder.File("films"));
        File.Copy(film, _folder.File($"films/{name}"));
    }

    private void MakeRatings(string film, int seconds) => EmoFilmRatings.Write(_folder, film, seconds);
}
