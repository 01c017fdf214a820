using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFilmIsMadePredictedWrittenAndDrawnAndAHeadIsTrained()
    {
        CommandResult result = await CommandResult.OfAsync("demo", "--out", _folder.Path, "--films", "5", "--seconds", "10");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["film.csv", "film.html", "film.json", "film.mp4", "film.vtt"]);
        result.Out.ShouldContain("film.html");
        result.Out.ShouldContain("arousal");
        result.Out.Split('\n').Where(line => line.Contains('┤', StringComparison.Ordinal)).ShouldAllBe(line => line.Length <= 80);

        EmotionCurves curves = EevCsv.ReadLabels(_folder.File("film.csv")).Single().Curves;
        curves.Grid.Count.ShouldBe(360);
        // The chase (18 to 28 s) moves more than the calm opening and than the silence after it (34 to 40 s).
        float chase = curves[6 * 23, 0];
        chase.ShouldBeGreaterThan(curves[6 * 4, 0] + 0.1f);
        chase.ShouldBeGreaterThan(curves[6 * 37, 0] + 0.1f);
        // A low voice in the dark is less pleasant than the high tune of the joyful scene (40 to 51 s).
        curves[6 * 46, 1].ShouldBeGreaterThan(curves[6 * 31, 1]);

        result.Out.ShouldContain("On a film that the head was not trained on");
        result.Out.ShouldContain("over elapsed time alone");
        string learning = _folder.File("learning");
        File.Exists(Path.Combine(learning, "run", "report.html")).ShouldBeTrue();
        string page = File.ReadAllText(Directory.GetFiles(learning, "*.html").Single());
        page.ShouldContain("\"labels\":\"");
    }

    [Theory]
    [InlineData("--films", "2")]
    [InlineData("--seconds", "5")]
    public async Task TooFewOrTooShortFilmsAreWrongUse(string option, string value)
    {
        CommandResult result = await CommandResult.OfAsync("demo", "--out", _folder.Path, option, value);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(option);
    }
}
