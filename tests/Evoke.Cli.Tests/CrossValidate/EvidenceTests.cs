using System.Globalization;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.CrossValidate;

/// <summary>From labels and features to a comparison: split, lag, cross-validate, compare, evaluate.</summary>
public sealed class EvidenceTests : IDisposable
{
    private static readonly string[] s_small =
    [
        "--recipe", "demo", "--set", "train.epochs=1", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4", "--set", "train.precision=float32",
        "--set", "train.batch=8", "--set", "data.clip_steps=12",
    ];

    private readonly TemporaryFolder _folder = new();

    // Four films of two clips each.
    public EvidenceTests()
    {
        string[] films = [.. Enumerable.Range(0, 4).Select(film => $"film{film}_clip")];
        Array.ForEach(films, film => ToyVideos.Write(_folder, film, videos: 2));
        string[][] tables = [.. films.Select(film => File.ReadAllLines(_folder.File($"{film}.csv")))];
        File.WriteAllLines(Labels, [tables[0][0], .. tables.SelectMany(lines => lines.Skip(1))]);
    }

    private string Labels => _folder.File("labels.csv");

    private string Features => _folder.File("features");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FoldsArePredictedAndComparedWithClockAndRidge()
    {
        string folds = _folder.File("cv"), table = _folder.File("comparison.csv"), page = _folder.File("comparison.md");
        CommandResult made = await CommandResult.OfAsync(
            ["cross-validate", "--labels", Labels, "--features", Features, "--leave-one-out", "--group-by", "(.*)_clip", "--out", folds, "--json", .. s_small]);
        CommandResult compared = await CommandResult.OfAsync("compare", folds, "--table", table, "--table", page);
        CommandResult evaluated = await CommandResult.OfAsync(
            "evaluate", "--labels", Labels, "--predictions", Path.Combine(folds, "predictions.csv"), "--table", _folder.File("scores.csv"));

        made.ExitCode.ShouldBe(ExitCode.Done, made.Error);
        JsonElement result = JsonDocument.Parse(made.Out).RootElement.GetProperty("result");
        result.GetProperty("folds").GetInt32().ShouldBe(4);
        result.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()).ShouldBe(["model", "clock", "ridge"]);
        double pearson = result.GetProperty("models")[0].GetProperty("all").GetProperty("pearson").GetProperty("mean").GetDouble();
        compared.ExitCode.ShouldBe(ExitCode.Done, compared.Error);
        compared.Out.ShouldContain("8 videos in 4 groups");
        compared.Out.ShouldContain("cv against clock");
        compared.Out.ShouldContain("4 groups are too few to find one, as the smallest p that they can give is 0.125");
        File.ReadAllLines(table)[0].ShouldStartWith("score,a,b,curve,");
        File.ReadAllText(page).ShouldContain("## cv against ridge");
        evaluated.ExitCode.ShouldBe(ExitCode.Done, evaluated.Error);
        string mean = File.ReadAllLines(_folder.File("scores.csv")).Single(line => line.StartsWith("mean,,,", StringComparison.Ordinal)).Split(',')[4];
        double.Parse(mean, CultureInfo.InvariantCulture).ShouldBe(pearson, 1e-9);
    }

    [Fact]
    public async Task ASplitIsTrainedOnAndSharedGroupsAreTold()
    {
        CommandResult split = await CommandResult.OfAsync(
            "dataset", "split", "--csv", Labels, "--shares", "3/1", "--group-by", "(.*)_clip", "--out", _folder.File("s"));
        CommandResult told = await CommandResult.OfAsync(
            ["train", "--train-labels", Labels, "--val-labels", _folder.File("s/val.csv"), "--features", Features, "--out", _folder.File("run"), .. s_small]);
        CommandResult both = await CommandResult.OfAsync("dataset", "split", "--csv", Labels, "--shares", "3/1", "--folds", "2", "--out", _folder.File("x"));
        CommandResult lag = await CommandResult.OfAsync("dataset", "lag", "--labels", Labels, "--features", Features, "--most", "1", "--step", "1", "--json");

        split.ExitCode.ShouldBe(ExitCode.Done, split.Error);
        split.Out.ShouldContain("val");
        File.Exists(_folder.File("s/test.csv")).ShouldBeFalse();
        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Error.ShouldContain("2 videos are both in the training and in the validation labels");
        (both.ExitCode, both.Error.Contains("--folds and --shares exclude each other", StringComparison.Ordinal)).ShouldBe((ExitCode.WrongUse, true));
        lag.ExitCode.ShouldBe(ExitCode.Done, lag.Error);
        JsonDocument.Parse(lag.Out).RootElement.GetProperty("best").GetDouble().ShouldBe(0);
    }

    [Theory]
    [InlineData("compare a.csv", "No folder records its labels: give --labels CSV.")]
    [InlineData("compare a.csv a.csv --labels l.csv", "Each model can be named once")]
    [InlineData("compare a.csv b.csv --labels l.csv --table t.xlsx", "A table of scores is written as .csv or .md; found 't.xlsx'.")]
    [InlineData("compare a.csv b.csv --labels l.csv --group-column film", "--group-column has no effect without --group-file.")]
    [InlineData("cross-validate --labels l --features f --out x --folds 3 --leave-one-out", "--leave-one-out and --folds exclude each other")]
    [InlineData("dataset split --csv l --out x --shares 1", "--shares takes two or three numbers above 0")]
    public async Task MistakesAreSaidInWords(string line, string message)
    {
        CommandResult result = await CommandResult.OfAsync(line.Split(' '));

        (result.ExitCode, result.Error).ShouldBe((ExitCode.WrongUse, result.Error));
        result.Error.ShouldContain(message);
    }
}
