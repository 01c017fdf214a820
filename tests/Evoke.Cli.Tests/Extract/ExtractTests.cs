using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Extract;

public sealed class ExtractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    private string Clips => _folder.File("clips");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFolderBecomesFeatureFilesOnceAndIsThenThereAlready()
    {
        await CopyAsync("one.mp4", "deep/er/two.mp4");

        JsonElement first = Json(await CommandResult.OfAsync("extract", Clips, "--out", Out, "--json"));
        JsonElement second = Json(await CommandResult.OfAsync("extract", Clips, "--out", Out, "--json"));
        JsonElement otherRate = Json(await CommandResult.OfAsync("extract", Clips, "--out", Out, "--json", "--rate", "2"));

        Count(first, "extracted").ShouldBe(2);
        Count(second, "extracted").ShouldBe(0);
        Count(second, "skipped").ShouldBe(2);
        Count(otherRate, "extracted").ShouldBe(2);
        VideoFeatures features = FeatureStore.Open(Out).Read("two");
        features.Visual!.Steps.ShouldBe(11);
        features.Audio!.Steps.ShouldBe(11);
        features.Visual.Encoder.Name.ShouldBe("visual-lld");
    }

    [Fact]
    public async Task OneModalityCanBeLeftAlone()
    {
        await CopyAsync("one.mp4");

        (await CommandResult.OfAsync("extract", Clips, "--out", Out, "--visual", "none")).ExitCode.ShouldBe(ExitCode.Done);

        VideoFeatures features = FeatureStore.Open(Out).Read("one");
        features.Visual.ShouldBeNull();
        features.Audio.ShouldNotBeNull();
    }

    [Fact]
    public async Task WhatFailsIsListedAndPassedBy()
    {
        await CopyAsync("one.mp4");
        await File.WriteAllTextAsync(Path.Combine(Clips, "broken.mp4"), "no film", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("extract", Clips, "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("broken.mp4");
        result.Out.ShouldContain("1 extracted, 0 already there, 1 failed");
        (await File.ReadAllTextAsync(Path.Combine(Out, "failures.csv"), TestContext.Current.CancellationToken)).ShouldContain("broken");
    }

    [Theory]
    [InlineData("no-such-encoder", "audio-lld", "available: visual-lld")]
    [InlineData("visual-lld", "no-such-encoder", "available: audio-lld")]
    [InlineData("none", "none", "nothing to extract")]
    public async Task EncodersThatThereAreNotAreNamed(string visual, string audio, string said)
    {
        await CopyAsync("one.mp4");

        CommandResult result = await CommandResult.OfAsync("extract", Clips, "--out", Out, "--visual", visual, "--audio", audio);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Theory]
    [InlineData("cuda:99", "cuda:99 was requested; libtorch finds")]
    [InlineData("gpu", "'gpu' is not a device; expected cpu, cuda or cuda:N")]
    public async Task ADeviceThatIsNotThereIsNamedBeforeWeightsAreRead(string device, string said)
    {
        await CopyAsync("one.mp4");

        CommandResult result = await CommandResult.OfAsync("extract", Clips, "--out", Out, "--visual", "swin-t", "--device", device);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task AnEmptyFolderIsSaid()
    {
        Directory.CreateDirectory(Clips);

        CommandResult result = await CommandResult.OfAsync("extract", Clips, "--out", Out);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(Clips);
    }

    private static JsonElement Json(CommandResult result)
    {
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }

    private static int Count(JsonElement report, string list) => report.GetProperty(list).GetArrayLength();

    private async Task CopyAsync(params string[] names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(Clips, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(await Films.ShortAsync(), path);
        }
    }
}
