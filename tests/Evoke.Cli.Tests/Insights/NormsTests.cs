using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Insights;

public sealed class NormsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Norms => _folder.File("trailers.norms.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ANormOfAFolderGivesAPredictionItsPercentiles()
    {
        InsightFilms.WritePredictions(_folder, "trailers", 21);

        CommandResult made = await CommandResult.OfAsync("norms", "make", _folder.File("trailers"), "--out", Norms);
        CommandResult predicted = await CommandResult.OfAsync(
            "predict", await Films.ShortAsync(), "--out", _folder.File("out"), "--json", "--html", "--norms", Norms);

        made.ExitCode.ShouldBe(ExitCode.Done, made.Error);
        made.Out.ShouldBe($"{Norms}: 21 videos by affect{Environment.NewLine}");
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        JsonElement json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("out/flashes.json"), TestContext.Current.CancellationToken)).RootElement;
        json.GetProperty("norm").GetString().ShouldBe("trailers");
        JsonElement loudness = json.GetProperty("measures").GetProperty("loudness.mean_db");
        loudness.GetProperty("norm_videos").GetInt32().ShouldBe(21);
        loudness.GetProperty("percentile").GetDouble().ShouldBeOneOf(0, 100); // all 21 have -30 dB
        json.GetProperty("missing_measures").GetProperty("opening_8s.arousal").GetString().ShouldStartWith("the video is 5.");
        (await File.ReadAllTextAsync(_folder.File("out/flashes.html"), TestContext.Current.CancellationToken)).ShouldContain("\"norm\":\"trailers\"");
    }

    [Fact]
    public async Task WithoutANormThereIsASummaryAndNoPercentile()
    {
        await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", _folder.File("out"), "--json");

        string text = await File.ReadAllTextAsync(_folder.File("out/flashes.json"), TestContext.Current.CancellationToken);

        JsonElement json = JsonDocument.Parse(text).RootElement;
        json.GetProperty("measures").GetProperty("pace.cuts_per_minute").GetProperty("unit").GetString().ShouldBe("cuts/min");
        json.GetProperty("film").GetProperty("loudness_db").GetArrayLength().ShouldBe(6);
        text.ShouldNotContain("percentile");
    }

    [Fact]
    public async Task TooFewVideosAreSaidAtOnceAndInTheResult()
    {
        InsightFilms.WritePredictions(_folder, "few", 3);

        CommandResult made = await CommandResult.OfAsync("norms", "make", _folder.File("few"), "--out", Norms, "--name", "my trailers");
        CommandResult shown = await CommandResult.OfAsync("norms", "show", Norms);
        CommandResult predicted = await CommandResult.OfAsync(
            "predict", await Films.ShortAsync(), "--out", _folder.File("out"), "--json", "--norms", Norms);

        predicted.Error.ShouldContain("no number has a percentile among 'my trailers': a percentile needs 20 other videos");
        made.ExitCode.ShouldBe(ExitCode.Done, made.Error);
        made.Error.ShouldContain("percentiles need 20 videos");
        shown.Out.ShouldStartWith("my trailers: 3 videos by affect");
        shown.Out.ShouldContain("There are no percentiles");
        (await File.ReadAllTextAsync(_folder.File("out/flashes.json"), TestContext.Current.CancellationToken))
            .ShouldContain("a percentile needs 20 other videos with this number; the norm has 3");
    }

    [Fact]
    public async Task ADamagedPredictionIsReportedAndTheOthersCount()
    {
        InsightFilms.WritePredictions(_folder, "trailers", 3);
        await File.WriteAllTextAsync(_folder.File("trailers/film2.json"), "{\"format\":\"evoke.prediction\"", TestContext.Current.CancellationToken);

        CommandResult made = await CommandResult.OfAsync("norms", "make", _folder.File("trailers"), "--out", Norms);

        made.ExitCode.ShouldBe(ExitCode.SomeFailed);
        made.Error.ShouldContain("film2.json is not a prediction of 'evoke predict --json'");
        made.Out.ShouldContain(": 2 videos by affect");
    }

    [Fact]
    public async Task QuartilesAreShownForPeopleAndPrograms()
    {
        InsightFilms.WritePredictions(_folder, "trailers", 21);
        await CommandResult.OfAsync("norms", "make", _folder.File("trailers"), "--out", Norms);

        CommandResult text = await CommandResult.OfAsync("norms", "show", Norms);
        JsonElement json = JsonDocument.Parse((await CommandResult.OfAsync("norms", "show", Norms, "--json")).Out).RootElement;

        text.Out.ShouldContain("mean.arousal");
        text.Out.ShouldContain("median");
        JsonElement quartiles = json.GetProperty("measures").GetProperty("pace.cuts_per_minute").GetProperty("quartiles");
        quartiles.EnumerateArray().Select(value => value.GetDouble()).ShouldBe([6, 6, 6, 6, 6]);
    }

    [Theory]
    [InlineData("--norms has no effect without --json or --html.", "predict", "film.mp4", "--norms", "n.json")]
    [InlineData("is not a folder", "norms", "make", "nowhere", "--out", "n.json")]
    [InlineData("there is no such file", "norms", "show", "nowhere.json")]
    public async Task WrongUseIsExplained(string message, params string[] arguments)
    {
        CommandResult result = await CommandResult.OfAsync(arguments);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(message);
    }
}
