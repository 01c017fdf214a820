using System.Globalization;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Dataset;

public sealed class DatasetImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AgreementOfRealViewersIsPrintedAsAnIndependentProgramHasIt()
    {
        string? ceap = SourceTree.Shared is { } shared ? Path.Combine(shared, "ratings", "ceap") : null;
        Assert.SkipUnless(Directory.Exists(ceap), "shared/ratings/ceap does not lie beside the checkout.");

        CommandResult result = await CommandResult.OfAsync(
            "dataset", "import", Path.Combine(ceap!, "ratings.csv"), "--rate", "2", "--out", _folder.File("out"), "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement found = JsonDocument.Parse(result.Out).RootElement.GetProperty("agreement");
        JsonElement expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(ceap!, "agreement_2hz.json"))).RootElement;
        found.EnumerateObject().Select(video => video.Name).ShouldBe(expected.EnumerateObject().Select(video => video.Name));
        foreach (JsonProperty number in expected.EnumerateObject().SelectMany(video => video.Value.EnumerateObject().SelectMany(curve =>
            curve.Value.EnumerateObject().Where(number => !number.Name.EndsWith("_at_30s", StringComparison.Ordinal))
                .Select(number => (Video: video.Name, Curve: curve.Name, Number: number))))
            .Select(expectation =>
            {
                found.GetProperty(expectation.Video).GetProperty(expectation.Curve).GetProperty(expectation.Number.Name).GetDouble()
                    .ShouldBe(expectation.Number.Value.GetDouble(), 1e-6, $"{expectation.Video} {expectation.Curve} {expectation.Number.Name}");
                return expectation.Number;
            }))
        {
            number.Value.ValueKind.ShouldBe(JsonValueKind.Number);
        }

        found.GetProperty("V5").GetProperty("arousal").GetProperty("krippendorff").GetDouble().ShouldBeInRange(0.2, 0.3);
    }

    [Fact]
    public async Task ADryRunShowsTheFirstValuesAsUnderstoodAndWritesNothing()
    {
        string path = Made();

        CommandResult result = await CommandResult.OfAsync("dataset", "import", path, "--dry-run");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Out.ShouldContain("time from column 'ms' in ms (by the column's name)");
        result.Out.ShouldMatch(@"
  v0 +a +0 +0\.5 +joy
");
        result.Out.ShouldContain("joy from 0 to 1 (recognised from the values");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task ADryRunMayBeJson()
    {
        CommandResult result = await CommandResult.OfAsync("dataset", "import", Made(), "--dry-run", "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement shown = JsonDocument.Parse(result.Out).RootElement;
        JsonElement row = shown.GetProperty("files")[0].GetProperty("first_rows")[1];
        (row.GetProperty("video").GetString(), row.GetProperty("seconds").GetDouble()).ShouldBe(("v0", 0.25));
        shown.GetProperty("curves").GetProperty("joy").GetProperty("range")[1].GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task AnImportSaysWhatEachColumnIsAndWhyASingleVideoIsNotDivided()
    {
        await File.WriteAllTextAsync(_folder.File("anna.csv"), "clip,t,joy,remark\nv,0,1,a\nv,1,0.5,b\n");

        CommandResult result = await CommandResult.OfAsync("dataset", "import", _folder.File("anna.csv"), "--out", _folder.File("out"), "--rate", "1");

        string[] lines = result.Out.Split(Environment.NewLine);
        lines[1..8].ShouldBe(
        [
            "  a row for each time", "  video from column 'clip'", "  rater from the file's name", "  time from column 't' in s (recognised by its steps of 1)",
            "  curves 'joy'", "  not read: 'remark'", "1 video, 1 rater, 1 label per second",
        ]);
        result.Out.ShouldContain("labels.csv: 1 video, too few for train.csv and val.csv, which need at least two: ");
    }

    [Fact]
    public async Task AnImportedFolderIsCheckedLikeAnyDataSet()
    {
        CommandResult import = await CommandResult.OfAsync("dataset", "import", Made(), "--out", _folder.File("out"), "--range", "joy=0..2", "--gold", "ewe");
        CommandResult check = await CommandResult.OfAsync("dataset", "check", "--csv", _folder.File("out/train.csv"), _folder.File("out/val.csv"));

        import.ExitCode.ShouldBe(ExitCode.Done, import.Error);
        import.Out.ShouldContain("joy from 0 to 2 (as given)");
        import.Out.ShouldContain("train.csv: 2 videos, val.csv: 1");
        check.Out.ShouldStartWith("3 labelled videos");
        File.Exists(_folder.File("out/ratings.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task MistakesAreListedWithTheirRows()
    {
        string path = _folder.File("bad.csv");
        await File.WriteAllTextAsync(path, "video,rater,s,joy\nv,a,0,1\nv,a,1,high\nv,a,2,low\nv,a,3,1\nv,a,4,1\n");

        CommandResult result = await CommandResult.OfAsync("dataset", "import", path, "--out", _folder.File("out"));

        result.ExitCode.ShouldNotBe(ExitCode.Done);
        result.Error.ShouldContain($"{path}, row 3: expected a number in column 'joy'; found 'high'.");
        result.Error.ShouldContain($"{path}, row 4: expected a number in column 'joy'; found 'low'.");
        Directory.Exists(_folder.File("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--column viewer=x", "--column takes KEY=COLUMN with one of the keys video, rater, time, curve, value; found 'viewer=x'.")]
    [InlineData("--range 9..1", "--range takes LOW..HIGH or CURVE=LOW..HIGH, for example -1..1; found '9..1'.")]
    [InlineData("--range -1..1", "'-1..1' looks like an option; write --range=-1..1 if it is the value of --range.")]
    [InlineData("--name {film}", "--name takes a pattern with {video}, {rater} or {curve}, each at most once; found '{film}'.")]
    [InlineData("--layout tall", "--layout takes long, times or raters; found 'tall'.")]
    [InlineData("--time-unit hours", "--time-unit takes s, ms, us or clock; found 'hours'.")]
    [InlineData("--dry-run --lag 2", "--lag has no effect with --dry-run: nothing is written.")]
    public async Task WrongOptionsAreSaidToBe(string options, string said)
    {
        CommandResult result = await CommandResult.OfAsync(["dataset", "import", "r.csv", .. options.Split(' '), "--out", _folder.File("out")]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    private string Made()
    {
        string path = _folder.File("made.csv");
        File.WriteAllText(path, "video,rater,ms,joy\n" + string.Concat(
            from video in Enumerable.Range(0, 3)
            from rater in (string[])["a", "b"]
            from step in Enumerable.Range(0, 40)
            select string.Create(CultureInfo.InvariantCulture, $"v{video},{rater},{step * 250},{0.5 + (0.4 * Math.Sin(step / 5.0)):0.####}\n")));
        return path;
    }
}
