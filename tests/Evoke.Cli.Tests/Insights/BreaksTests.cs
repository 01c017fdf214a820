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
        lines[1].ShouldStartWith("film,1,");
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
    public async Task AFolderOfPredictionsHasTheIdsOfARanking()
    {
        string film = _folder.File("videos/series/film.mp4"), csv = _folder.File("breaks.csv"), ranking = _folder.File("ranking");
        Directory.CreateDirectory(Path.GetDirectoryName(film)!);
        await InsightFilms.WriteAsync(film, lively: 24, still: 20);
        (await CommandResult.OfAsync("rank", _folder.File("videos"), "--out", ranking)).ExitCode.ShouldBe(ExitCode.Done);
        await File.WriteAllTextAsync(Path.Combine(ranking, "other.json"), "{\"name\": 1}", TestContext.Current.CancellationToken);

        foreach (string folder in new[] { ranking, _folder.File("videos") })
        {
            CommandResult result = await CommandResult.OfAsync("breaks", folder, "--edge", "5", "--json", "--csv", csv);

            result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
            JsonDocument.Parse(result.Out).RootElement.GetProperty("videos").EnumerateArray().ShouldHaveSingleItem()
                .GetProperty("id").GetString().ShouldBe("series/film");
            (await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken))[1].ShouldStartWith("series/film,1,");
        }

        CommandResult mixed = await CommandResult.OfAsync("breaks", ranking);
        mixed.Error.ShouldContain("1 .json file is not predictions and left out");
        Directory.CreateDirectory(_folder.File("empty"));
        CommandResult empty = await CommandResult.OfAsync("breaks", _folder.File("empty"));
        empty.ExitCode.ShouldBe(ExitCode.WrongUse);
        empty.Error.ShouldContain("has neither videos nor predictions");
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
