using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Plan;

public sealed class PlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string List => _folder.File("manifest.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFewVideosAreMeasuredAndAllOfThemPlanned()
    {
        await MakeManifestAsync();

        CommandResult result = await CommandResult.OfAsync(
            "plan", List, "--nodes", "1,4", "--sample", "2", "--price", "2", "--seeds", "4", "--seed-hours", "0.5", "--json");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement plan = JsonDocument.Parse(result.Out).RootElement;
        plan.GetProperty("measured").GetProperty("videos").GetArrayLength().ShouldBe(2);
        JsonElement[] stages = [.. plan.GetProperty("stages").EnumerateArray()];
        stages.Select(stage => $"{stage.GetProperty("stage")} {stage.GetProperty("nodes")}").ShouldBe(["extract 1", "extract 4", "train 1", "train 4"]);
        double Of(int stage, string key) => stages[stage].GetProperty(key).GetDouble();
        double start = plan.GetProperty("measured").GetProperty("start_seconds").GetDouble();
        (Of(0, "undisturbed_seconds") - start).ShouldBe(4 * (Of(1, "undisturbed_seconds") - start), 1e-6);
        Of(0, "cost").ShouldBe(2 * Of(0, "node_hours"), 1e-9);
        Of(0, "cost_per_thousand_video_hours").ShouldBe(Of(0, "cost") * 1000 * 3600 / plan.GetProperty("video_seconds").GetDouble(), 1e-6);
        Of(2, "undisturbed_seconds").ShouldBe(7200, 1e-6);
        Of(3, "undisturbed_seconds").ShouldBe(1800, 1e-6);
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["clips", "manifest.csv"], ignoreOrder: true);
    }

    [Fact]
    public async Task ASampleIsPlannedForADayOfVideos()
    {
        await MakeManifestAsync();

        CommandResult result = await CommandResult.OfAsync(
            "plan", List, "--nodes", "1", "--sample", "1", "--videos", "1000000", "--within", "24", "--price", "1", "--failures", "0");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Out.ShouldContain("1,000,000 videos like the 4 of the manifest, ");
        result.Out.ShouldMatch(
            @"Done within 24\.0 h in 19 of 20 simulations: [\d,]+ nodes?, [\d,.]+ node-hours, [\d,.]+, or [\d,.]+ per 1,000 hours of video\.");
        result.Out.ShouldNotContain("published");
    }

    [Fact]
    public async Task ThePlanIsReadableAndSaysNothingOfMoneyUnasked()
    {
        await MakeManifestAsync();

        CommandResult result = await CommandResult.OfAsync("plan", List, "--nodes", "2", "--sample", "1");

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        result.Out.ShouldContain("4 videos");
        result.Out.ShouldContain("node-hours");
        result.Out.ShouldNotContain("cost");
    }

    [Theory]
    [InlineData("--nodes 1,x", "found 'x'")]
    [InlineData("--nodes 0", "found '0'")]
    [InlineData("--seeds 4", "--seeds has no effect without --seed-hours")]
    [InlineData("--seed-hours 4", "--seed-hours has no effect without --seeds")]
    [InlineData("--gpu", "--gpu needs a visual encoder with a published speed (swin-t, ")]
    [InlineData("--gpu-price 2", "--gpu-price has no effect without --gpu")]
    [InlineData("--stragglers 2", "from 0 to 1")]
    [InlineData("--visual none --audio none", "nothing to extract")]
    public async Task WhatIsWrongIsNamed(string options, string said)
    {
        CommandResult result = await CommandResult.OfAsync(["plan", List, .. options.Split(' ')]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    [Fact]
    public async Task VideosThatCannotBeReadAreNoBasisForAPlan()
    {
        await File.WriteAllTextAsync(List, "id,path,bytes,duration\na,gone.mp4,1,10\n", TestContext.Current.CancellationToken);

        CommandResult result = await CommandResult.OfAsync("plan", List);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain("None of gone.mp4 could be extracted");
    }

    private async Task MakeManifestAsync()
    {
        string clips = _folder.File("clips");
        Directory.CreateDirectory(clips);
        foreach (int i in Enumerable.Range(0, 4))
        {
            File.Copy(await Films.ShortAsync(), Path.Combine(clips, $"film{i}.mp4"));
        }

        (await CommandResult.OfAsync("dataset", "manifest", "--videos", clips, "--out", List)).ExitCode.ShouldBe(ExitCode.Done);
    }
}
