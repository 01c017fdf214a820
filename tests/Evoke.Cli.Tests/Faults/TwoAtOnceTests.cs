using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Faults;

/// <summary>Two processes of one verb at once on one folder: both end in the bytes of one alone, or the second is told. Two Studios are tested in
/// StudioStartTests, the shards of an extraction in ShardTests.</summary>
public sealed class TwoAtOnceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("extract")]
    [InlineData("predict")]
    public async Task OfVideosBothEndInTheSameBytes(string verb)
    {
        Directory.CreateDirectory(_folder.File("clips"));
        for (int i = 0; i < 3; i++)
        {
            File.Copy(await Films.ShortAsync(), _folder.File($"clips/clip{i}.mp4"));
        }

        string[] Line(string name) => [verb, _folder.File("clips"), "--out", _folder.File(name)];
        (await CommandResult.OfAsync(Line("alone"))).ExitCode.ShouldBe(ExitCode.Done);

        CommandResult[] both = await Task.WhenAll(CommandResult.OfProcessAsync(Line("both")), CommandResult.OfProcessAsync(Line("both")));

        both.ShouldAllBe(result => result.ExitCode == ExitCode.Done);
        string[] names = [.. Directory.GetFileSystemEntries(_folder.File("alone")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Directory.GetFileSystemEntries(_folder.File("both")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ShouldBe(names);
        foreach (string name in names)
        {
            File.ReadAllBytes(_folder.File($"both/{name}")).ShouldBe(File.ReadAllBytes(_folder.File($"alone/{name}")), name);
        }
    }

    [Theory]
    [InlineData("train", "run.json")]
    [InlineData("search", "trials/000/run.json")]
    public async Task OfTrainingTheSecondIsTold(string verb, string sight)
    {
        ToyVideos.Write(_folder, "train", 8);
        ToyVideos.Write(_folder, "val", 4);
        await File.WriteAllTextAsync(
            _folder.File("search.yaml"),
            "name: toy\nbase: demo\nset: [train.epochs=4000, train.batch=4]\ntrials: 2\nstrategy: random\n"
            + "ranges:\n  train.lr: { log_uniform: [1e-4, 3e-2] }\n",
            TestContext.Current.CancellationToken);
        string[] recipe = verb == "train" ? ["--recipe", "demo", "--set", "train.epochs=4000", "--set", "train.batch=4"] : [_folder.File("search.yaml")];
        string[] line =
        [
            verb, .. recipe, "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"),
            "--features", _folder.File("features"), "--out", _folder.File("run"),
        ];
        bool told = false;

        // The first is killed once the second has ended.
        Task<CommandResult>? second = null;
        await EvokeProcess.KillAsync(
            _ =>
            {
                if (second is null && File.Exists(_folder.File($"run/{sight}")))
                {
                    second = CommandResult.OfAsync(line);
                }

                return told = second is { IsCompleted: true };
            },
            new Dictionary<string, string?>(), line);

        told.ShouldBeTrue();
        CommandResult result = await second!;
        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain("another run is under way there");
    }
}
