using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.CommandLine;

/// <summary><c>--quiet</c> and <c>--verbose</c>.</summary>
public sealed class VerbosityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Commands => AllVerbs.Commands;

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryVerbHasBoth(string words)
    {
        EvokeCommandLine.Parse([.. AllVerbs.Split(words), "--quiet"]).Verbosity.ShouldBe(Verbosity.Quiet);
        EvokeCommandLine.Parse([.. AllVerbs.Split(words), "--verbose"]).Verbosity.ShouldBe(Verbosity.Verbose);
        EvokeCommandLine.Parse(AllVerbs.Split(words)).Verbosity.ShouldBe(Verbosity.Normal);
    }

    [Fact]
    public async Task QuietLeavesResultsAndErrors()
    {
        string[] line = ["predict", await Films.ShortAsync(), await Films.ShortAsync(), _folder.File("gone.mp4"), "--out", _folder.File("out")];

        CommandResult usual = await CommandResult.OfAsync(line);
        CommandResult quiet = await CommandResult.OfAsync([.. line, "--quiet"]);

        usual.Error.ShouldContain("is named twice");
        quiet.Out.ShouldBe(usual.Out);
        quiet.Error.Trim().ShouldBe($"failed: '{_folder.File("gone.mp4")}': there is no such file.");
        quiet.ExitCode.ShouldBe(ExitCode.SomeFailed);
    }

    [Fact]
    public async Task QuietStillExplainsWrongUse() => (await CommandResult.OfAsync("predict", "--quiet")).Error.ShouldContain("Name at least one video");

    [Fact]
    public async Task VerboseSaysWhatIsReadChosenAndTimed()
    {
        string labels = _folder.File("labels.csv");
        await File.WriteAllTextAsync(labels, "Video ID,Timestamp (milliseconds),joy\na,0,0.5\na,166666,0.75\n", TestContext.Current.CancellationToken);

        CommandResult checkedLabels = await CommandResult.OfAsync("dataset", "check", "--csv", labels, "--verbose");
        CommandResult extracted = await CommandResult.OfAsync("extract", await Films.ShortAsync(), "--out", _folder.File("features"), "--audio", "none", "-v");

        checkedLabels.Error.ShouldContain($"--csv {labels} ({new FileInfo(labels).Length} bytes)");
        checkedLabels.Error.ShouldMatch(@"videos: 0 videos in \d+\.\d\d s");
        checkedLabels.Error.ShouldMatch(@"evoke check: \d+\.\d\d s");
        extracted.ExitCode.ShouldBe(ExitCode.Done, extracted.Error);
        extracted.Error.ShouldContain("--audio none");
        extracted.Error.ShouldContain("--visual visual-lld (default)");
        extracted.Error.ShouldContain("encoder of the picture: visual-lld (v2)");
        extracted.Error.ShouldMatch(@"flashes.*frames in \d+\.\d\d s");
    }
}
