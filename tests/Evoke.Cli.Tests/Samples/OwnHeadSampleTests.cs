using CliWrap;
using CliWrap.Buffered;
using Evoke.Cli.Shell;
using Evoke.Testing;
using OwnHead;

namespace Evoke.Cli.Tests.Samples;

/// <summary>The command line with a head and a loss of a project outside the repository.</summary>
public sealed class OwnHeadSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheVerbsTakeTheHeadsAndLossesOfACatalog()
    {
        ToyVideos.Write(_folder, "train", 6);
        ToyVideos.Write(_folder, "val", 3);
        string[] own = ["--recipe", Path.Combine(Repository.Root, "samples/OwnHead/fading.yaml"), "--set", "batch=4", "--set", "epochs=2"];
        string[] demo = ["--recipe", "demo", "--set", "epochs=1", "--set", "batch=4", "--set", "visual_hidden=4", "--set", "audio_hidden=4"];
        string[] data = ["--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", _folder.File("features")];

        (await RunAsync(["train", .. data, .. own, "--out", _folder.File("own")])).ExitCode.ShouldBe(ExitCode.Done);
        (await RunAsync(["train", .. data, .. demo, "--out", _folder.File("gru")])).ExitCode.ShouldBe(ExitCode.Done);
        (await RunAsync(["ensemble", _folder.File("own"), _folder.File("gru"), "--out", _folder.File("both.safetensors")])).Out.ShouldContain("ensemble");
        string[] predict = ["predict", "--features", _folder.File("features"), "--model", _folder.File("both.safetensors"), "--out", _folder.File("p")];
        (await RunAsync(predict)).ExitCode.ShouldBe(ExitCode.Done);
        (await RunAsync(["compare", _folder.File("own"), _folder.File("gru")])).ExitCode.ShouldBe(ExitCode.Done);
        string[] scored = ["--labels", _folder.File("val.csv"), "--features", _folder.File("features")];
        string[] evaluate = ["evaluate", .. scored, "--model", _folder.File("own/best.safetensors")];
        (await RunAsync(evaluate)).ExitCode.ShouldBe(ExitCode.Done);

        CommandResult plain = await CommandResult.OfAsync(predict);
        plain.ExitCode.ShouldBe(ExitCode.WrongUse);
        plain.Error.ShouldContain("both.safetensors: its head is 'fading', which this program does not know");
    }

    /// <summary>A copy of the sample in a folder outside the checkout: built, and run as a program.</summary>
    [Fact(Explicit = true)]
    public async Task ACopyOutsideTheRepositoryIsBuiltTrainsSavesLoadsAndEnsembles()
    {
        string project = Directory.CreateDirectory(_folder.File("my head")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "samples/OwnHead")))
        {
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        }

        // Evoke itself was built with these tests.
        await DotnetAsync(
            "build", project, "-c", "Release", "-v", "quiet", "-nologo",
            $"-p:EvokeRoot={Repository.Root}", "-p:BuildProjectReferences=false", "-p:NuGetAudit=false");
        string program = Path.Combine(project, "bin/Release/net10.0/OwnHead.dll");
        await DotnetAsync(program, "dataset", "demo", "--out", _folder.File("demo"), "--videos", "6", "--seconds", "12");
        await DotnetAsync(program, "extract", _folder.File("demo/videos"), "--out", _folder.File("features"));
        string[] labels = [_folder.File("demo/train.csv"), _folder.File("demo/val.csv")];
        string[] data = ["--train-labels", labels[0], "--val-labels", labels[1], "--features", _folder.File("features")];
        await DotnetAsync([program, "train", .. data, "--recipe", Path.Combine(project, "fading.yaml"), "--set", "batch=2", "--out", _folder.File("run")]);
        await DotnetAsync(program, "predict", _folder.File("demo/videos"), "--model", _folder.File("run/best.safetensors"), "--out", _folder.File("curves"));
        Directory.GetFiles(_folder.File("curves"), "*.csv").Length.ShouldBe(6);

        string said = await DotnetAsync([program, "in-code", .. labels, _folder.File("features"), _folder.File("in-code")]);
        said.ShouldContain("fading and gru: ");
        File.Exists(_folder.File("in-code/ensemble.safetensors")).ShouldBeTrue();
    }

    private static async Task<CommandResult> RunAsync(string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await EvokeCommandLine.RunAsync(args, new Terminal(output, error), TestContext.Current.CancellationToken, OwnCatalog.Catalog);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    private static async Task<string> DotnetAsync(params string[] arguments)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet").WithArguments(arguments).WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}: {result.StandardOutput}{result.StandardError}");
        return result.StandardOutput;
    }
}
