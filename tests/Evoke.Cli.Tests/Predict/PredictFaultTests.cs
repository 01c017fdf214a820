using System.Diagnostics;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Predict;

/// <summary>The effect of one bad video, its name or a full disk on a run of many.</summary>
public sealed class PredictFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NothingThatAFileOrItsNameDoesEndsARun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The names and kinds of files are those of Linux.");
        string good = await FilmAsync("good"), @long = await FilmAsync(new string('l', 250)), longest = await FilmAsync(new string('m', 251));
        Directory.CreateDirectory(_folder.File("folder.mp4"));
        File.CreateSymbolicLink(_folder.File("circle.mp4"), _folder.File("circle.mp4"));
        using (Process shell = Process.Start("sh", ["-c", $"mkfifo '{_folder.File("pipe.mp4")}'; cp '{good}' \"$(printf '{_folder.Path}/\\377.mp4')\""]))
        {
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            shell.ExitCode.ShouldBe(0);
        }

        CommandResult result = await CommandResult.OfAsync(
            "predict", _folder.File("pipe.mp4"), "/dev/null", _folder.File("folder.mp4"), _folder.File("circle.mp4"), _folder.File("\uFFFD.mp4"),
            longest, @long, good, "--out", Out, "--json");

        result.ExitCode.ShouldBe(ExitCode.SomeFailed, result.Error);
        JsonElement report = JsonDocument.Parse(result.Out).RootElement;
        report.GetProperty("predictions").EnumerateArray().Select(video => video.GetProperty("video").GetString()).ShouldBe([@long, good]);
        string[] errors = [.. report.GetProperty("failures").EnumerateArray().Select(video => video.GetProperty("error").GetString()!)];
        errors.Length.ShouldBe(6);
        errors[0].ShouldContain("is a pipe");
        errors[1].ShouldContain("is a device");
        errors[4].ShouldContain("not valid UTF-8");
        errors[5].ShouldContain("too long"); // with .json it has 256 bytes
        errors.ShouldAllBe(error => !error.Contains("Parameter"));
        Directory.GetFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["failures.csv", "good.csv", "good.json", new string('l', 250) + ".csv", new string('l', 250) + ".json"]); // A video that failed leaves nothing.
    }

    [Fact]
    public async Task AFullDiskInTheMiddleIsSomeFailedWithWhatWasDone()
    {
        string[] films = [await FilmAsync("a"), await FilmAsync("b"), await FilmAsync("c"), await FilmAsync("d")];
        await CommandResult.OfAsync("predict", films[0], "--out", Out, "--html");
        long pages = Directory.GetFiles(Out).Sum(file => (new FileInfo(file).Length + 4095) / 4096);
        using SmallDisk? disk = SmallDisk.TryMount((int)(4 * ((2 * pages) + (pages / 2))));
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);

        CommandResult result = await CommandResult.OfAsync(["predict", .. films, "--out", disk.Path, "--html", "--json"]);

        result.ExitCode.ShouldBe(ExitCode.SomeFailed, result.Error);
        result.Error.ShouldContain($"Cannot write {disk.Path}/c.");
        result.Error.ShouldContain("the disk is full");
        result.Error.ShouldContain("2 of 4 videos were not predicted");
        JsonElement report = JsonDocument.Parse(result.Out).RootElement;
        report.GetProperty("predictions").EnumerateArray().Select(video => video.GetProperty("id").GetString()).ShouldBe(["a", "b"]);
        report.GetProperty("failures").EnumerateArray().Select(video => video.GetProperty("id").GetString()).ShouldBe(["c", "d"]);
        Directory.GetFiles(disk.Path).Select(Path.GetFileNameWithoutExtension).Distinct().Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task ADiskThatIsFullFromTheStartIsWrongUse()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 16);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        disk.Fill();

        CommandResult result = await CommandResult.OfAsync("predict", await FilmAsync("a"), await FilmAsync("b"), "--out", disk.Path);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.Trim().ShouldEndWith($"evoke: Cannot write {disk.Path}/a.csv: the disk is full.");
    }

    [Fact]
    public async Task AVideoNamedLikeTheListOfFailuresKeepsItsCurves()
    {
        string film = await FilmAsync("failures");

        CommandResult many = await CommandResult.OfAsync("predict", film, _folder.File("gone.mp4"), "--out", Out);
        CommandResult again = await CommandResult.OfAsync("predict", film, await FilmAsync("good"), "--out", Out);

        many.ExitCode.ShouldBe(ExitCode.SomeFailed, many.Error);
        many.Error.ShouldContain("failures.csv lists the videos that failed");
        again.ExitCode.ShouldBe(ExitCode.Done, again.Error);
        Directory.GetFiles(Out).Select(Path.GetFileName).Order().ShouldBe(["failures-2.csv", "good.csv"]);
        EevCsv.ReadLabels(Path.Combine(Out, "failures-2.csv")).Single().VideoId.ShouldBe("failures-2");
    }

    private async Task<string> FilmAsync(string name)
    {
        string film = _folder.File($"{name}.mp4");
        File.Copy(await Films.ShortAsync(), film);
        return film;
    }
}
