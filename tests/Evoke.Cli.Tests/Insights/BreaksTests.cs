using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Insights;

public sealed class BreaksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AVideoAndItsPredictionHaveTheSamePlaces()
    {
        string film = _folder.File("film.mp4"), csv = _folder.File("breaks.csv");
        await InsightFilms.WriteAsync(film, lively: 24, still: 20);
        await CommandResult.OfAsync("predict", film, "--out", _folder.File("out"), "--json");

        CommandResult ofVideo = await CommandResult.OfAsync("breaks", film, "--edge", "5", "--json", "--csv", csv);
        CommandResult ofPrediction = await CommandResult.OfAsync("breaks", _folder.File("out/film.json"), "--edge", "5", "--json");

        ofVideo.ExitCode.ShouldBe(ExitCode.Done, ofVideo.Error);
        ofPrediction.ExitCode.ShouldBe(ExitCode.Done, ofPrediction.Error);
        JsonElement video = JsonDocument.Parse(ofVideo.Out).RootElement.GetProperty("videos")[0];
        JsonElement prediction = JsonDocument.Parse(ofPrediction.Out).RootElement.GetProperty("videos")[0];
        prediction.GetProperty("places").GetRawText().ShouldBe(video.GetProperty("places").GetRawText());
        JsonElement place = video.GetProperty("places").EnumerateArray().ShouldHaveSingleItem();
        place.GetProperty("seconds").GetDouble().ShouldBeInRange(23, 25);
        string[] lines = await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken);
        lines[0].ShouldBe("video,rank,seconds,end_seconds,score,decibels,arousal_before,arousal_after");
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith($"{film},1,");
    }

    [Fact]
    public async Task TheTableSaysWhereAndWhyThereIsNothing()
    {
        InsightFilms.WritePredictions(_folder, "curves", 1);
        string film = _folder.File("film.mp4");
        await InsightFilms.WriteAsync(film, lively: 24, still: 20);

        CommandResult result = await CommandResult.OfAsync("breaks", film, _folder.File("curves/film1.json"), "--edge", "5");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Out.ShouldContain($"{film}: 1 place{Environment.NewLine}");
        result.Out.ShouldContain("0:2");
        result.Out.ShouldContain("film1.json: 0 places");
        result.Out.ShouldContain("No cut is in a quiet passage");
    }

    [Fact]
    public async Task OneFailureDoesNotStopTheOthers()
    {
        InsightFilms.WritePredictions(_folder, "curves", 2);
        await File.WriteAllTextAsync(_folder.File("curves/film1.json"), "{}", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("breaks", _folder.File("curves/film1.json"), _folder.File("curves/film2.json"), "--json");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("film1.json is not a prediction");
        JsonElement json = JsonDocument.Parse(result.Out).RootElement;
        json.GetProperty("videos").GetArrayLength().ShouldBe(1);
        json.GetProperty("failures").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task AModelHasNoEffectOnPredictions()
    {
        CommandResult result = await CommandResult.OfAsync("breaks", "film.json", "--model", "affect");

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("--model has no effect: every input is a prediction.");
    }
}
