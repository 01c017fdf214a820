using System.Globalization;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Predict;

public sealed class PredictTests : IDisposable
{
    private const int ShortRows = 33; // ceil(6 * 5.5)

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFilmBecomesARowForEverySixthOfASecond()
    {
        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Out, "flashes.csv"), TestContext.Current.CancellationToken);
        lines[0].ShouldBe("Video ID,Timestamp (milliseconds),arousal,pace,motion,loudness");
        lines.Length.ShouldBe(1 + ShortRows);
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        rows.ShouldAllBe(row => row[0] == "flashes");
        rows.Take(4).Select(row => row[1]).ShouldBe(["0", "166666", "333333", "500000"]);
        rows.SelectMany(row => row.Skip(2)).Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ShouldAllBe(value => value >= 0 && value <= 1);
        Directory.GetFiles(Out).Length.ShouldBe(1);
        result.Out.ShouldContain("flashes.csv");
        result.Error.ShouldContain("it measures no person's feelings");
    }

    [Fact]
    public async Task EveryFormThatIsAskedForIsWrittenAndListed()
    {
        string film = await Films.ShortAsync();

        CommandResult result = await CommandResult.OfAsync("predict", film, "--out", Out, "--json", "--vtt", "--html", "--rate", "2");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement told = JsonDocument.Parse(result.Out).RootElement.GetProperty("predictions")[0];
        told.GetProperty("video").GetString().ShouldBe(film);
        told.GetProperty("rows").GetInt32().ShouldBe(11);
        told.GetProperty("model").GetString().ShouldBe("affect");
        string[] kinds = ["csv", "json", "vtt", "html"];
        kinds.Select(kind => told.GetProperty("files").GetProperty(kind).GetString()!).ShouldAllBe(file => new FileInfo(file).Length > 0);
        Directory.GetFiles(Out).Select(Path.GetExtension).Order().ShouldBe([".csv", ".html", ".json", ".vtt"]);

        string text = await File.ReadAllTextAsync(Path.Combine(Out, "flashes.json"), TestContext.Current.CancellationToken);
        JsonElement json = JsonDocument.Parse(text).RootElement;
        json.GetProperty("curves").GetProperty("arousal").GetArrayLength().ShouldBe(11);
        (await File.ReadAllTextAsync(Path.Combine(Out, "flashes.html"), TestContext.Current.CancellationToken)).ShouldContain("data:image/jpeg;base64,");
    }

    [Fact]
    public async Task OneFailureDoesNotStopTheOthers()
    {
        string text = _folder.File("notes.txt");
        await File.WriteAllTextAsync(text, "no film", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("predict", _folder.File("gone.mp4"), text, await Films.ShortAsync(), "--out", Out, "--json");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        File.Exists(Path.Combine(Out, "flashes.csv")).ShouldBeTrue();
        string[] failures = await File.ReadAllLinesAsync(Path.Combine(Out, "failures.csv"), TestContext.Current.CancellationToken);
        failures[0].ShouldBe("video_id,path,error,message");
        failures.Skip(1).Select(line => line.Split(',')[0]).ShouldBe(["gone", "notes"]);
        result.Error.ShouldContain("gone.mp4");
        result.Error.ShouldContain("notes.txt");
        JsonDocument.Parse(result.Out).RootElement.GetProperty("failures").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task AFailureByItselfIsTheMessageAlone()
    {
        CommandResult result = await CommandResult.OfAsync("predict", _folder.File("gone.mp4"), "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.Trim().ShouldBe($"failed: '{_folder.File("gone.mp4")}': there is no such file.");
        result.Out.ShouldBeEmpty();
        Directory.Exists(Out).ShouldBeFalse();
    }

    /// <summary>Sound that can be decoded and pictures that cannot: the page has none, and that is a warning.</summary>
    [Fact]
    public async Task ThumbnailsThatCannotBeHadAreAWarning()
    {
        string film = await TestFilms.MakeAsync(
            "nokey.mkv", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=2", "-f", "lavfi", "-i", "sine=duration=2",
            "-c:v", "libx264", "-g", "1000", "-x264-params", "scenecut=0", "-bsf:v", "filter_units=remove_types=5", "-c:a", "aac");

        CommandResult result = await CommandResult.OfAsync("predict", film, "--out", Out, "--html", "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        File.Exists(Path.Combine(Out, "nokey.html")).ShouldBeTrue();
        result.Error.ShouldContain("the page has no pictures");
        JsonElement warnings = JsonDocument.Parse(result.Out).RootElement.GetProperty("predictions")[0].GetProperty("warnings");
        warnings.EnumerateArray().Select(warning => warning.GetString()!)
            .ShouldContain(warning => warning.StartsWith("the page has no pictures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AVideoThatFailsLeavesNoResultBehind()
    {
        Directory.CreateDirectory(Path.Combine(Out, "flashes.html")); // The page cannot be written.

        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, "--json", "--vtt", "--html");

        result.ExitCode.ShouldNotBe(ExitCode.Done);
        result.Error.ShouldContain("flashes.html");
        Directory.GetFiles(Out).ShouldBeEmpty();
    }

    [Fact]
    public async Task ASoundTrackThatIsNotThereFailsTheVideo()
    {
        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, "--audio-track", "2");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("no sound track 2; it has 1");
        (await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, "--audio-track", "0")).ExitCode.ShouldBe(ExitCode.WrongUse);
    }

    [Fact]
    public async Task TwoVideosOfOneNameBothSurvive()
    {
        string[] films = [.. new[] { "a", "b" }.Select(folder => Path.Combine(_folder.Path, folder, "clip.mp4"))];
        foreach (string film in films)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(film)!);
            File.Copy(await Films.ShortAsync(), film);
        }

        CommandResult result = await CommandResult.OfAsync("predict", films[0], films[1], "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        Directory.GetFiles(Out).Select(Path.GetFileName).Order().ShouldBe(["clip-2.csv", "clip.csv"]);
        result.Error.ShouldContain("clip-2");
    }

    [Fact]
    public async Task AFolderIsSearchedForItsVideos()
    {
        string deep = Path.Combine(_folder.Path, "videos", "deep");
        Directory.CreateDirectory(deep);
        File.Copy(await Films.ShortAsync(), _folder.File("videos/one.mp4"));
        File.Copy(await Films.ShortAsync(), Path.Combine(deep, "two.mp4"));
        await File.WriteAllTextAsync(_folder.File("videos/notes.txt"), "no film", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("predict", _folder.File("videos"), "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        Directory.GetFiles(Out).Select(Path.GetFileName).Order().ShouldBe(["one.csv", "two.csv"]);
    }

    [Theory]
    [InlineData("curves.csv")]
    [InlineData("new/curves.CSV")]
    public async Task ACsvFileToWriteToIsThatFile(string name)
    {
        string file = _folder.File(name);

        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", file, "--vtt", "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        File.ReadLines(file).Count().ShouldBe(1 + ShortRows);
        Directory.GetFiles(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe([Path.GetFileName(file), "curves.json", "curves.vtt"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("curves.csv", "is one file, but there are 2 videos: give a folder.")]
    [InlineData("curves.html", "takes a folder, or a file that ends in .csv")]
    [InlineData("there", "' is a file.")]
    public async Task WhatCannotHoldTheResultsIsRefused(string name, string said)
    {
        await File.WriteAllTextAsync(_folder.File("there"), "", TestContext.Current.CancellationToken);
        File.Copy(await Films.ShortAsync(), _folder.File("other.mp4"));

        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), _folder.File("other.mp4"), "--out", _folder.File(name));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["other.mp4", "there"]);
    }

    [Fact]
    public async Task AFolderThatIsNamedLikeAFileIsAFolder()
    {
        Directory.CreateDirectory(_folder.File("curves.csv"));

        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", _folder.File("curves.csv"));

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        File.Exists(_folder.File("curves.csv/flashes.csv")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("two words.mp4")]
    [InlineData("-dash.mp4")]
    [InlineData("Überfall 影片 😀 (1).mp4")]
    [InlineData("comma, \"quote\" 100%.mp4")]
    public async Task AnyNameIsAName(string name)
    {
        string film = _folder.File(name);
        File.Copy(await Films.ShortAsync(), film);

        CommandResult result = await CommandResult.OfAsync("predict", "--out", Out, "--html", "--vtt", "--", film);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        string stem = Path.GetFileNameWithoutExtension(name);
        EevCsv.ReadLabels(Path.Combine(Out, $"{stem}.csv")).Single().VideoId.ShouldBe(stem);
        File.Exists(Path.Combine(Out, $"{stem}.html")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "-1")]
    [InlineData("--rate", "NaN")]
    [InlineData("--rate", "six")]
    [InlineData("--threads", "0")]
    [InlineData("--device", "toaster")]
    [InlineData("--precision", "float8")]
    [InlineData("--model", "no-such-model.safetensors")]
    public async Task AWrongOptionIsNamedAndNothingIsDone(string option, string value)
    {
        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", Out, option, value);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(value);
        result.Error.ShouldNotContain("   at ");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenToIsToldOnce()
    {
        CommandResult result = await CommandResult.OfAsync("predict", await Films.ShortAsync(), "--out", "/proc/evoke");

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("/proc/evoke");
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task WithoutVideosItSaysWhatIsWanted()
    {
        CommandResult result = await CommandResult.OfAsync("predict");

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("VIDEO");
    }

    [Theory]
    [InlineData("tears_of_steel_battle_70s.webm", 423)]
    [InlineData("sintel_trailer_52s.ogv", 313)]
    [InlineData("bbb_480p_30s.mp4", 180)]
    public async Task RealClipsBecomeCurves(string clip, int rows)
    {
        string? path = Repository.Clip(clip);
        Assert.SkipWhen(path is null, $"shared/videos/{clip} does not lie beside the checkout.");

        CommandResult result = await CommandResult.OfAsync("predict", path, "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        LabelledVideo video = EevCsv.ReadLabels(Path.Combine(Out, $"{Path.GetFileNameWithoutExtension(clip)}.csv")).Single();
        video.Curves.Grid.Count.ShouldBe(rows);
        float[] arousal = video.Curves.Column(0);
        (arousal.Max() - arousal.Min()).ShouldBeGreaterThan(0.1f);
    }
}
