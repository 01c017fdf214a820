using System.Diagnostics;
using System.Runtime.Versioning;
using CliWrap.Buffered;
using Evoke.Cli.Shell;
using YamlDotNet.RepresentationModel;
using static Evoke.Cli.Tests.EvokeProcess;

namespace Evoke.Cli.Tests.Deploy;

/// <summary>The container image does what docs/cluster.md says, always as an unprivileged user, with a read-only root and a volume at /data.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContainerImageTests(ContainerImage image) : IClassFixture<ContainerImage>
{
    [Fact(Explicit = true)]
    public async Task TheEntryPointIsEvokeItself()
    {
        (await image.ConfigurationAsync("Entrypoint")).ShouldBe(["evoke"], "a shell in between would not pass signals on");
        (await image.ConfigurationAsync("Cmd")).ShouldBe(["--help"]);
        (await image.ConfigurationAsync("Env")).ShouldContain("EVOKE_HOME=/data/evoke");
    }

    [Fact(Explicit = true)]
    public async Task DoctorFindsEverything()
    {
        string volume = await image.VolumeAsync();

        CommandResult result = await image.RunAsync(volume, ["doctor"]);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Out + result.Error);
        result.Out.ShouldContain("Everything that Evoke needs is installed and works.");
        result.Out.ShouldContain("/data/evoke");
    }

    [Fact(Explicit = true)]
    public async Task TheDemoPredictsTrainsAndScores()
    {
        string volume = await image.VolumeAsync();

        CommandResult result = await image.RunAsync(volume, ["demo", "--films", "3", "--seconds", "10"]);

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        File.Exists(Path.Combine(volume, "demo", "film.html")).ShouldBeTrue();
        File.Exists(Path.Combine(volume, "demo", "learning", "run", "report.html")).ShouldBeTrue();
    }

    [Fact(Explicit = true)]
    public async Task AShardOfTheJobIsToldToStopAndGoesOnWhenItIsRunAgain()
    {
        string volume = await image.VolumeAsync();
        string videos = Directory.CreateDirectory(Path.Combine(volume, "videos")).FullName;
        File.Copy(await Films.LongAsync(), Path.Combine(videos, "long.mp4"));
        File.Copy(await Films.ShortAsync(), Path.Combine(videos, "short.mp4"));
        CommandResult listed = await image.RunAsync(volume, ["dataset", "manifest", "--videos", "/data/videos", "--out", "/data/manifest.csv"]);
        listed.ExitCode.ShouldBe(ExitCode.Done, listed.Error);
        string[] shard = ["JOB_COMPLETION_INDEX=0", "EVOKE_SHARDS=1"];

        using Process first = await image.StartAsync(volume, JobArguments(), shard);
        await UntilAsync(() => first.HasExited || Children(first.Id).Any(program => Children(program.Id).Any(child => child.Name == "ffmpeg")));
        await SignalAsync("-TERM", Children(first.Id).ShouldHaveSingleItem("the program, with the process id 1 in its namespace").Id);
        CommandResult stopped = await ContainerImage.EndAsync(first);
        CommandResult again = await image.RunAsync(volume, JobArguments(), shard);

        stopped.ExitCode.ShouldBe(ExitCode.RunAgain, stopped.Error);
        again.ExitCode.ShouldBe(ExitCode.Done, again.Error);
        again.Out.ShouldContain("1 already there");
        string[] features = Directory.GetFileSystemEntries(Path.Combine(volume, "features"));
        features.Select(Path.GetFileName).Order().ShouldBe(["long.safetensors", "short.safetensors"]);
        BufferedCommandResult owners = await CliWrap.Cli.Wrap("stat").WithArguments(["-c", "%u", .. features])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        owners.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(owner => owner == ContainerImage.App);
    }

    [Fact(Explicit = true)]
    public async Task SigtermEndsAPredictionWithTheCodeOfAnInterruption()
    {
        string volume = await image.VolumeAsync();
        File.Copy(await Films.LongAsync(), Path.Combine(volume, "long.mp4"));

        using Process predict = await image.StartAsync(volume, ["predict", "long.mp4"]);
        await UntilAsync(() => predict.HasExited || Children(predict.Id).Any(program => Children(program.Id).Any(child => child.Name == "ffmpeg")));
        await SignalAsync("-TERM", Children(predict.Id).ShouldHaveSingleItem().Id);
        CommandResult result = await ContainerImage.EndAsync(predict);

        result.ExitCode.ShouldBe(ExitCode.Interrupted, result.Error);
        Directory.GetFiles(volume).Select(Path.GetFileName).ShouldBe(["long.mp4"]);
    }

    [Fact(Explicit = true)]
    public async Task WhatIsNotOnTheVolumeCannotBeWritten()
    {
        string volume = await image.VolumeAsync();
        File.Copy(await Films.ShortAsync(), Path.Combine(volume, "short.mp4"));

        CommandResult result = await image.RunAsync(volume, ["predict", "short.mp4", "--out", "/opt/evoke/results"]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse, result.Error);
        result.Error.ShouldContain("/opt/evoke/results");
    }

    private static string[] JobArguments()
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(Repository.Root, "deploy", "extract-job.yaml"));
        stream.Load(reader);
        YamlNode job = stream.Documents.Select(document => document.RootNode).Single(root => root["kind"].ToString() == "Job");
        return [.. ((YamlSequenceNode)job["spec"]["template"]["spec"]["containers"][0]["args"]).Select(argument => argument.ToString())];
    }
}
