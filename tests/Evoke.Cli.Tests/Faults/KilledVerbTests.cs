using System.Diagnostics;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Testing;
using static Evoke.Cli.Tests.EvokeProcess;

namespace Evoke.Cli.Tests.Faults;

/// <summary>Verbs are killed with SIGKILL at several points, run again, and end in the bytes of a run that was not disturbed. <c>train</c> is tested so in
/// TrainerTests, <c>search</c> and <c>reproduce</c> beside their other tests, Studio in StudioKillTests.</summary>
public sealed class KilledVerbTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, string?> s_nothing = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Extract()
    {
        await WriteFilmsAsync();
        string[] Line(string name) => ["extract", _folder.File("clips"), "--out", _folder.File(name)];
        await ShouldEndAsOneRunAsync(Line, Decoding, Holds("killed", "*.safetensors", 2));
    }

    [Fact(Explicit = true)]
    public async Task Predict()
    {
        await WriteFilmsAsync();
        string[] Line(string name) => ["predict", _folder.File("clips"), "--html", "--out", _folder.File(name)];
        await ShouldEndAsOneRunAsync(Line, Decoding, Holds("killed", "*.html", 2));
    }

    [Fact]
    public async Task Rank()
    {
        await WriteFilmsAsync();
        string[] Line(string name) =>
        [
            "rank", _folder.File("clips"), "--out", _folder.File(name), "--parallel", "1",
            "--table", _folder.File($"{name}/r.csv"), "--scenes", _folder.File($"{name}/s.parquet"),
        ];
        await ShouldEndAsOneRunAsync(Line, Decoding, Holds("killed", "*.json", 2));
    }

    [Fact(Explicit = true)]
    public async Task DatasetFetch()
    {
        TimeGrid grid = new(new Rate(6), 6);
        string[] ids = ["good1", "slow1", "private1", "good2", "slow2"];
        EevCsv.WriteTimes([.. ids.Select(id => new VideoTimes(id, grid))], _folder.File("test.csv"));
        string[] Line(string name) =>
            ["dataset", "fetch", "--csv", _folder.File("test.csv"), "--out", _folder.File(name), "--pause", "0", "--parallel", "1"];

        // A slow one stops half way until it is asked for again: only kills end those runs.
        (await KillAsync(Holds("killed", "asked.txt", 1), FakeYtDlp.Environment, Line("killed"))).ShouldBeTrue();
        (await KillAsync(_ => File.Exists(_folder.File("killed/.partial/slow1/video.mp4.part")), FakeYtDlp.Environment, Line("killed"))).ShouldBeTrue();
        (await KillAsync(_ => File.Exists(_folder.File("killed/.partial/slow2/video.mp4.part")), FakeYtDlp.Environment, Line("killed"))).ShouldBeTrue();
        CommandResult last = await CommandResult.OfProcessAsync(Line("killed"), FakeYtDlp.Environment);

        last.ExitCode.ShouldBe(ExitCode.SomeFailed, last.Error);
        last.Out.ShouldContain("3 already there");
        Directory.GetFiles(_folder.File("killed"), "*.mp4").Select(Path.GetFileName).Order().ShouldBe(["good1.mp4", "good2.mp4", "slow1.mp4", "slow2.mp4"]);
        Directory.GetFiles(_folder.File("killed"), "*.mp4").ShouldAllBe(path => File.ReadAllText(path) == "film\n");
        (await File.ReadAllTextAsync(_folder.File("killed/gone.csv"), None)).ShouldContain("private1");
        Directory.Exists(_folder.File("killed/.partial")).ShouldBeFalse();
    }

    private static bool Decoding(Process process) => Children(process.Id).Any(child => child.Name == "ffmpeg");

    private Func<Process, bool> Holds(string folder, string pattern, int files) =>
        _ => Directory.Exists(_folder.File(folder)) && Directory.GetFiles(_folder.File(folder), pattern).Length >= files;

    private async Task ShouldEndAsOneRunAsync(Func<string, string[]> line, params Func<Process, bool>[] moments)
    {
        CommandResult whole = await CommandResult.OfAsync(line("whole"));
        whole.ExitCode.ShouldBe(ExitCode.Done, whole.Error);

        foreach (Func<Process, bool> moment in moments)
        {
            (await KillAsync(moment, s_nothing, line("killed"))).ShouldBeTrue("it was to be killed on its way");
        }

        CommandResult last = await CommandResult.OfAsync(line("killed"));
        last.ExitCode.ShouldBe(ExitCode.Done, last.Error);
        Finished("killed").Keys.ShouldBe(Finished("whole").Keys);
        foreach ((string name, byte[] bytes) in Finished("whole"))
        {
            Finished("killed")[name].SequenceEqual(bytes).ShouldBeTrue(name);
        }
    }

    // What a killed writer left half done is hidden, and removed after an hour.
    private SortedDictionary<string, byte[]> Finished(string folder) => new(
        Directory.GetFiles(_folder.File(folder)).Where(path => Path.GetFileName(path)[0] != '.')
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes),
        StringComparer.Ordinal);

    private async Task WriteFilmsAsync()
    {
        Directory.CreateDirectory(_folder.File("clips"));
        for (int i = 0; i < 4; i++)
        {
            File.Copy(await TestFilms.FlashesAndBeepsAsync(4, [1, 3]), _folder.File($"clips/clip{i}.mp4"));
        }
    }
}
