using Evoke.Cli.Shell;
using Evoke.Curves;
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

    [Fact]
    public async Task FeaturesThatAreNotNumbersAreNamedBeforeTheyAreTrainedOn()
    {
        ToyVideos.Write(_folder, "train", 3, spoilt: true);
        ToyVideos.Write(_folder, "val", 2);

        CommandResult trained = await CommandResult.OfAsync(
            "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", _folder.File("features"),
            "--recipe", "demo", "--out", _folder.File("run"));

        trained.ExitCode.ShouldBe(ExitCode.WrongUse);
        trained.Error.ShouldContain("Video 'train0': feature 0 of step 0 of its visual features in ");
        trained.Error.ShouldContain(" is NaN; expected finite numbers.");
    }

    [Fact]
    public async Task TheEncoderOfAnImportIsNamedOrFollowsFromTheWidth()
    {
        string own = _folder.File("own"), visual = _folder.File("own.h5"), lld = _folder.File("lld.h5"), store = _folder.File("store");
        FeatureStore.OpenOrCreate(own).Write(Features("flashes", "mine", 512));
        (await CommandResult.OfAsync("features", "export", own, "--modality", "visual", "--out", visual)).ExitCode.ShouldBe(ExitCode.Done);

        CommandResult unnamed = await ImportAsync(visual);
        unnamed.ExitCode.ShouldBe(ExitCode.WrongUse);
        unnamed.Error.ShouldContain("its rows have 512 numbers, as resnet18, clip-vit-b-32 give. Name the encoder that made them: --visual NAME.");
        CommandResult wrong = await ImportAsync(visual, "--visual", "swin-l");
        wrong.ExitCode.ShouldBe(ExitCode.WrongUse);
        wrong.Error.ShouldContain("its rows have 512 numbers; swin-l gives 1536.");
        Directory.Exists(store).ShouldBeFalse();

        (await ImportAsync(visual, "--visual", "mine")).ExitCode.ShouldBe(ExitCode.Done);
        FeatureStore.Open(store).Read("flashes").Visual!.Encoder.ShouldBe(new EncoderIdentity("mine"));

        // Joined with the sound of the film.
        CommandResult joined = await CommandResult.OfAsync("extract", await Films.ShortAsync(), "--visual", "none", "--audio", "audio-lld", "--out", store);
        joined.ExitCode.ShouldBe(ExitCode.Done, joined.Error);
        VideoFeatures both = FeatureStore.Open(store).Read("flashes");
        (both.Visual!.Encoder.Name, both.Visual.Width, both.Audio!.Encoder.Name).ShouldBe(("mine", 512, "audio-lld"));

        FeatureStore.OpenOrCreate(own).Write(Features("flashes", "anything", 50));
        (await CommandResult.OfAsync("features", "export", own, "--modality", "visual", "--out", lld)).ExitCode.ShouldBe(ExitCode.Done);
        (await ImportAsync(lld)).ExitCode.ShouldBe(ExitCode.Done);
        both = FeatureStore.Open(store).Read("flashes");
        (both.Visual!.Encoder.Name, both.Audio!.Encoder.Name).ShouldBe(("visual-lld", "audio-lld"));

        Task<CommandResult> ImportAsync(string file, params string[] more) =>
            CommandResult.OfAsync(["features", "import", "--visual-hdf5", file, "--visual-rate", "1", "--out", store, .. more]);

        static VideoFeatures Features(string id, string encoder, int width) => new()
        {
            VideoId = id,
            SourceName = id,
            SourceBytes = 1,
            DurationSeconds = 5.5,
            Visual = new(new EncoderIdentity(encoder), new Rate(1), width, new float[6 * width]),
        };
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
