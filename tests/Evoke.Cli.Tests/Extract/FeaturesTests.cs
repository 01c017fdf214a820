using Evoke.Cli.Shell;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Extract;

public sealed class FeaturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FeaturesGoToHdf5AndComeBackByTime()
    {
        string store = _folder.File("store");
        string visual = _folder.File("visual.h5");
        string audio = _folder.File("audio.h5");
        string back = _folder.File("back");
        (await CommandResult.OfAsync("extract", await Films.ShortAsync(), "--out", store, "--rate", "2")).ExitCode.ShouldBe(ExitCode.Done);

        (await CommandResult.OfAsync("features", "export", store, "--modality", "visual", "--out", visual)).ExitCode.ShouldBe(ExitCode.Done);
        (await CommandResult.OfAsync("features", "export", store, "--modality", "audio", "--out", audio)).ExitCode.ShouldBe(ExitCode.Done);
        CommandResult imported = await CommandResult.OfAsync(
            "features", "import", "--visual-hdf5", visual, "--visual-rate", "2", "--visual", "visual-lld",
            "--audio-hdf5", audio, "--audio-rate", "2/1", "--audio", "audio-lld", "--out", back);

        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        VideoFeatures before = FeatureStore.Open(store).Read("flashes");
        VideoFeatures after = FeatureStore.Open(back).Read("flashes");
        after.Visual!.Steps.ShouldBe(6);
        after.Visual.Encoder.Name.ShouldBe("visual-lld");
        for (int second = 0; second < after.Visual.Steps; second++)
        {
            after.Visual.Row(second).ToArray().ShouldBe(before.Visual!.Row(2 * second).ToArray());
        }
    }

    [Theory]
    [InlineData("features import --out x", "nothing to import")]
    [InlineData("features import --visual-hdf5 gone.h5 --out x", "gone.h5")]
    [InlineData("features import --audio-hdf5 gone.h5 --audio-rate 1/0 --out x", "1/0")]
    [InlineData("features export gone --modality visual --out x.h5", "gone")]
    [InlineData("features", "command")]
    public async Task WhatIsWrongIsNamed(string line, string said)
    {
        string[] arguments = [.. line.Split(' ').Select(part => part is "x" or "x.h5" ? _folder.File(part) : part)];

        CommandResult result = await CommandResult.OfAsync(arguments);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }
}
