using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Demo;
using Evoke.Datasets.Manifests;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Dataset;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DemoMakesADatasetThatHoldsTogether()
    {
        CommandResult made = await CommandResult.OfAsync("dataset", "demo", "--out", _folder.Path, "--videos", "3", "--seconds", "10", "--json");
        CommandResult check = await CommandResult.OfAsync(
            "dataset", "check", "--csv", _folder.File("train.csv"), _folder.File("val.csv"), _folder.File("test.csv"), "--videos", _folder.File("videos"));

        made.ExitCode.ShouldBe(ExitCode.Done, made.Error);
        string id = JsonDocument.Parse(made.Out).RootElement.GetProperty("test")[0].GetString()!;
        File.Exists(_folder.File($"videos/{id}.mp4")).ShouldBeTrue();
        EevCsv.ReadLabels(_folder.File("test_labels.csv")).Single().VideoId.ShouldBe(id);
        check.ExitCode.ShouldBe(ExitCode.Done, check.Out);
    }

    [Fact]
    public async Task StatsTellsOfEveryEmotionAsTableAsJsonAndAsPage()
    {
        DemoDataset.Draw(new DemoDatasetOptions { Videos = 5, Seconds = 20 }).WriteLabels(_folder.Path);
        string train = _folder.File("train.csv");

        CommandResult table = await CommandResult.OfAsync("dataset", "stats", "--csv", train, "--html", _folder.File("page.html"));
        CommandResult json = await CommandResult.OfAsync("dataset", "stats", "--csv", train, "--json");

        table.ExitCode.ShouldBe(ExitCode.Done, table.Error);
        table.Out.ShouldContain("3 videos, 360 rows at 6 Hz");
        JsonElement emotions = JsonDocument.Parse(json.Out).RootElement.GetProperty("emotions");
        emotions.EnumerateObject().Select(emotion => emotion.Name).ShouldBe(EmotionScheme.Eev.Names);
        emotions.GetProperty("interest").GetProperty("max").GetDouble().ShouldBeGreaterThan(emotions.GetProperty("awe").GetProperty("max").GetDouble());
        foreach (string name in EmotionScheme.Eev.Names)
        {
            table.Out.ShouldContain(name);
        }

        (await File.ReadAllTextAsync(_folder.File("page.html"))).ShouldContain("<svg");
    }

    [Fact]
    public async Task ManifestListsVideosByPathFromItsFolderAndCheckFindsThemInOrder()
    {
        string videos = _folder.File("videos");
        Directory.CreateDirectory(videos);
        File.Copy(await Films.ShortAsync(), Path.Combine(videos, "one.mp4"));
        EmotionScheme joy = new(["joy"]);
        EevCsv.Write(joy, [new LabelledVideo("one", new EmotionCurves(joy, new TimeGrid(new Rate(6), 33), new float[33]))], _folder.File("train.csv"));
        EevCsv.Write(joy, [new LabelledVideo("two", new EmotionCurves(joy, new TimeGrid(new Rate(6), 33), new float[33]))], _folder.File("val.csv"));

        CommandResult manifest = await CommandResult.OfAsync("dataset", "manifest", "--videos", videos, "--out", _folder.File("manifest.csv"));
        CommandResult good = await CommandResult.OfAsync("dataset", "check", "--csv", _folder.File("train.csv"), "--videos", videos);
        CommandResult bad = await CommandResult.OfAsync(
            "dataset", "check", "--csv", _folder.File("train.csv"), _folder.File("val.csv"), "--videos", videos, "--json");

        manifest.ExitCode.ShouldBe(ExitCode.Done, manifest.Error);
        ManifestEntry entry = Manifest.Read(_folder.File("manifest.csv")).Single();
        (entry.Id, entry.Path, entry.Bytes).ShouldBe(("one", Path.Combine("videos", "one.mp4"), new FileInfo(Path.Combine(videos, "one.mp4")).Length));
        entry.DurationSeconds.ShouldBe(5.5, 0.1);
        good.ExitCode.ShouldBe(ExitCode.Done, good.Out + good.Error);
        bad.ExitCode.ShouldBe(ExitCode.SomeFailed);
        JsonElement found = JsonDocument.Parse(bad.Out).RootElement.GetProperty("disagreements")[0];
        (found.GetProperty("kind").GetString(), found.GetProperty("video_id").GetString()).ShouldBe(("file_missing", "two"));
    }

    [Fact]
    public async Task FetchRunsTheYtDlpOnThePathAndListsWhatIsGone()
    {
        TimeGrid grid = new(new Rate(6), 6);
        EevCsv.WriteTimes([new VideoTimes("-ood_video1", grid), new VideoTimes("private_one", grid)], _folder.File("test.csv"));
        string path = Path.Combine(AppContext.BaseDirectory, "Programs") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

        CommandResult result = await CommandResult.OfProcessAsync(
            ["dataset", "fetch", "--csv", _folder.File("test.csv"), "--out", _folder.File("videos"), "--pause", "0"],
            new() { ["PATH"] = path, ["EVOKE_YTDLP"] = null });

        result.ExitCode.ShouldBe(ExitCode.SomeFailed, result.Error);
        result.Out.ShouldContain("1 downloaded, 0 already there, 1 unavailable (1 private; see gone.csv)");
        File.Exists(_folder.File("videos/-ood_video1.mp4")).ShouldBeTrue();
    }

    [Fact]
    public async Task FetchDoesNotCallAVideoGoneThatIsNotServedForNow()
    {
        TimeGrid grid = new(new Rate(6), 6);
        EevCsv.WriteTimes([new VideoTimes("limit9", grid)], _folder.File("test.csv"));
        string program = Path.Combine(AppContext.BaseDirectory, "Programs", "yt-dlp");

        CommandResult result = await CommandResult.OfProcessAsync(
            ["dataset", "fetch", "--csv", _folder.File("test.csv"), "--out", _folder.File("videos"), "--pause", "0", "--wait", "0.001"],
            new() { ["EVOKE_YTDLP"] = program });

        result.ExitCode.ShouldBe(ExitCode.SomeFailed, result.Error);
        result.Error.ShouldContain("The site is limiting requests: asking again in 0.1 s.");
        result.Error.ShouldContain("1 video is postponed");
        result.Out.ShouldContain("0 downloaded, 0 already there, 0 unavailable");
        File.Exists(_folder.File("videos/gone.csv")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("dataset demo --out x --videos 2", "from 3")]
    [InlineData("dataset demo --out x --seconds 5", "from 10")]
    [InlineData("dataset fetch --csv a.csv --out x --parallel 0", "from 1")]
    [InlineData("dataset check --csv a.csv --videos v --tolerance -1", "from 0")]
    public async Task NumbersOutOfRangeAreWrongUse(string line, string said)
    {
        CommandResult result = await CommandResult.OfAsync(line.Split(' '));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }
}
