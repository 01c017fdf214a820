using System.Globalization;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Predict;

/// <summary>Predictions held against what viewers said.</summary>
public sealed class PredictLabelsTests : IDisposable
{
    private const int Seconds = 5, Raters = 3;

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    /// <summary>Labels at 2 Hz from -1 to 1 score a prediction at 6 Hz from 0 to 1, with a name in another case.</summary>
    [Fact]
    public async Task TheNumbersAreThoseOfEvaluate()
    {
        EmotionScheme scheme = new(["Arousal"], [new CurveRange(-1, 1)], zeroRowsAreMissing: false);
        TimeGrid grid = new(new Rate(2), 2 * Seconds);
        float[] values = [.. Enumerable.Range(0, grid.Count).Select(step => step == 4 ? float.NaN : Rating(step / 2.0))];
        EevCsv.Write(scheme, [new LabelledVideo("flashes", new EmotionCurves(scheme, grid, values))], _folder.File("labels.csv"));

        CommandResult predicted = await CommandResult.OfAsync(
            "predict", await Films.ShortAsync(), "--out", Out, "--json", "--labels", _folder.File("labels.csv"));
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        CommandResult bare = await EvaluateAsync();
        await File.WriteAllTextAsync(Path.Combine(Out, "flashes.scheme.json"), """{ "range": [0, 1] }""", TestContext.Current.CancellationToken);
        CommandResult evaluated = await EvaluateAsync();

        bare.Error.ShouldContain("Predictions without a scheme are taken to be on the scale of the labels");
        evaluated.ExitCode.ShouldBe(ExitCode.Done, evaluated.Error);
        evaluated.Error.ShouldNotContain("scheme");
        JsonElement expected = JsonDocument.Parse(evaluated.Out).RootElement.GetProperty("emotions").EnumerateObject().Single().Value;
        JsonElement file = await WrittenAsync();
        JsonElement score = file.GetProperty("label_scores").GetProperty("arousal");
        score.GetProperty("pearson").GetDouble().ShouldBe(expected.GetProperty("pearson").GetDouble(), 1e-6);
        score.GetProperty("ccc").GetDouble().ShouldBe(expected.GetProperty("ccc").GetDouble(), 1e-6);
        score.GetProperty("rows").GetInt32().ShouldBe(grid.Count - 1);
        score.TryGetProperty("raters", out _).ShouldBeFalse();
        JsonElement told = JsonDocument.Parse(predicted.Out).RootElement.GetProperty("predictions")[0];
        told.GetProperty("label_scores")[0].GetProperty("pearson").GetDouble().ShouldBe(score.GetProperty("pearson").GetDouble());
        told.GetProperty("labels_source").GetString().ShouldBe("labels.csv");
    }

    private Task<CommandResult> EvaluateAsync() => CommandResult.OfAsync(
        "evaluate", "--labels", _folder.File("labels.csv"), "--predictions", Path.Combine(Out, "flashes.csv"), "--emotions", "arousal", "--json");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RatersHaveSpreadAndACeilingFromADataSetAsFromTheirFile(bool imported)
    {
        string labels = WriteRatings("flashes");
        if (imported)
        {
            CommandResult import = await CommandResult.OfAsync("dataset", "import", labels, "--range", "1..9", "--out", _folder.File("data"));
            import.ExitCode.ShouldBe(ExitCode.Done, import.Error);
            labels = _folder.File("data");
        }

        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, "--json", "--html", "--labels", labels);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement file = await WrittenAsync();
        JsonElement score = file.GetProperty("label_scores").GetProperty("arousal");
        score.GetProperty("raters").GetInt32().ShouldBe(Raters);
        score.GetProperty("ceiling_low").GetDouble().ShouldBeInRange(0.5, score.GetProperty("ceiling_high").GetDouble());
        file.GetProperty("labels_standard_deviation").GetProperty("arousal")[6].GetDouble().ShouldBe(0.1, 1e-3); // (-0.8, 0, 0.8) of 1 to 9
        file.GetProperty("labels").GetProperty("pace")[0].ValueKind.ShouldBe(JsonValueKind.Null);
        file.GetProperty("labels_source").GetString().ShouldEndWith(": 3 raters, joined by mean");
        (await File.ReadAllTextAsync(Path.Combine(Out, "flashes.html"), TestContext.Current.CancellationToken)).ShouldContain("\"labelSpread\":\"");
    }

    [Fact]
    public async Task ATableOfScoresIsPrintedUnderTheVideo()
    {
        CommandResult result = await CommandResult.OfAsync(
            "predict", await Films.ShortAsync(), "--out", Out, "--labels", WriteRatings("flashes"), "--lag", "0.5");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        string[] lines = result.Out.Split(Environment.NewLine);
        lines[1].ShouldBe("  labels: ratings.csv: 3 raters, joined by mean");
        lines[2].ShouldMatch("^ +Pearson +CCC +rows +raters: Pearson$");
        lines[3].ShouldMatch(@"^  arousal +-?\d\.\d{3} +-?\d\.\d{3} +\d+ +\d\.\d{3} to \d\.\d{3}$");
    }

    [Fact]
    public async Task AVideoIsNotAFileOfLabels()
    {
        string film = await Films.ShortAsync();

        CommandResult result = await CommandResult.OfAsync("predict", film, "--out", Out, "--labels", film);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain($"{film}: expected a table as text; found a file that is not text.");
        result.Error.Length.ShouldBeLessThan(400);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task AVideoWithoutLabelsIsPredictedWithAWarning()
    {
        File.Copy(await Films.ShortAsync(), _folder.File("other.mp4"));
        string[] ratings = [.. File.ReadLines(WriteRatings("flashes")), .. File.ReadLines(WriteRatings("third")).Skip(1)];
        await File.WriteAllLinesAsync(_folder.File("two.csv"), ratings, TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync(
            "predict", await Films.ShortAsync(), _folder.File("other.mp4"), "--out", Out, "--labels", _folder.File("two.csv"));

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        File.Exists(Path.Combine(Out, "other.csv")).ShouldBeTrue();
        result.Error.ShouldContain("two.csv has no labels of this video.");
        result.Out.Split(Environment.NewLine).Count(line => line.StartsWith("  labels: ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("third", "arousal", "found those of 'third'")]
    [InlineData("flashes", "disgust", "have no curve in common")]
    public async Task LabelsThatFitNothingAreRefusedBeforeAnythingIsPredicted(string video, string curve, string said)
    {
        TimeGrid grid = new(new Rate(2), 2 * Seconds);
        EmotionScheme scheme = new([curve]);
        EevCsv.Write(scheme, [new LabelledVideo(video, new EmotionCurves(scheme, grid, new float[grid.Count]))], _folder.File("labels.csv"));

        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, "--labels", _folder.File("labels.csv"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        Directory.Exists(Out).ShouldBeFalse();
    }

    private async Task<JsonElement> WrittenAsync() => JsonDocument.Parse(
        await File.ReadAllTextAsync(Path.Combine(Out, "flashes.json"), TestContext.Current.CancellationToken)).RootElement;

    private static float Rating(double seconds) => (float)Math.Sin(seconds * 2);

    private string WriteRatings(string id)
    {
        string path = _folder.File("ratings.csv");
        IEnumerable<string> rows = from rater in Enumerable.Range(0, Raters)
                                   from step in Enumerable.Range(0, 2 * Seconds)
                                   let value = 5 + (3 * Rating(step / 2.0)) + (0.8 * (rater - 1))
                                   select string.Create(CultureInfo.InvariantCulture, $"{id},r{rater},{step / 2.0},{value:0.00}");
        File.WriteAllLines(path, ["video,rater,seconds,arousal", .. rows]);
        return path;
    }
}
