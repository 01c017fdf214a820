using System.Globalization;
using Evoke.Cli.Shell;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Extract;

/// <summary>Features that video_features and openSMILE made, from the command line.</summary>
public sealed class ForeignFeaturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatIsImportedAndJoinedTrainsAndPredicts()
    {
        foreach (string name in new[] { "train", "val" })
        {
            ToyVideos.Write(_folder, name, 2);
        }

        WriteForeign(FeatureStore.Open(_folder.File("features")));
        string one = _folder.File("one"), two = _folder.File("two"), both = _folder.File("both"), run = _folder.File("run");

        CommandResult imported = await CommandResult.OfAsync(
            "features", "import", "--visual-files", _folder.File("resnet"), "--audio-files", _folder.File("smile"), "--audio", "egemaps", "--rows", "mean",
            "--out", one);
        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        imported.Out.ShouldContain("4 imported, 0 failed");
        VideoFeatures before = FeatureStore.Open(_folder.File("features")).Read("val1"), after = FeatureStore.Open(one).Read("val1");
        (after.Visual!.Encoder.Name, after.Audio!.Encoder.Name).ShouldBe(("resnet", "egemaps"));
        after.Visual.Values.ShouldBe(before.Visual!.Values);
        after.Audio.Values.ShouldBe(before.Audio!.Values, 1e-6);

        (await CommandResult.OfAsync("features", "import", "--visual-files", _folder.File("resnet"), "--visual", "again", "--out", two))
            .ExitCode.ShouldBe(ExitCode.Done);
        CommandResult joined = await CommandResult.OfAsync("features", "join", one, two, "--out", both);
        joined.ExitCode.ShouldBe(ExitCode.Done, joined.Error);
        joined.Out.ShouldContain("4 joined, 0 failed");

        CommandResult trained = await CommandResult.OfAsync(
            "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", both, "--out", run,
            "--recipe", "demo", "--set", "train.epochs=1", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4");
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        CommandResult predicted = await CommandResult.OfAsync(
            "predict", "--features", both, "--model", Path.Combine(run, "best.safetensors"), "--out", _folder.File("curves"));
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        Directory.GetFiles(_folder.File("curves"), "val1*.csv").ShouldHaveSingleItem();

        CommandResult other = await CommandResult.OfAsync(
            "predict", "--features", one, "--model", Path.Combine(run, "best.safetensors"), "--out", _folder.File("other"));
        other.ExitCode.ShouldNotBe(ExitCode.Done);
        other.Error.ShouldContain("resnet+again");
    }

    [Fact]
    public async Task FailuresOddTimesAndMissingPartnersAreTold()
    {
        string picture = Directory.CreateDirectory(_folder.File("picture")).FullName, sound = Directory.CreateDirectory(_folder.File("sound")).FullName;
        NumpyFile.Write(Path.Combine(picture, "good.npy"), [3, 1], 1, 2, 3);
        NumpyFile.Write(Path.Combine(picture, "good_timestamps_ms.npy"), [3], 0, 500, 1900);
        NumpyFile.Write(Path.Combine(picture, "bad.npy"), [1, 1], double.PositiveInfinity);
        await File.WriteAllTextAsync(Path.Combine(sound, "good.csv"), "time,a\n0,1\n1,2\n2,2\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(sound, "alone.csv"), "time,a\n0,1\n1,2\n", TestContext.Current.CancellationToken);
        string[] line =
        [
            "features", "import", "--visual-files", picture, "--visual", "mine", "--audio-files", sound, "--audio", "ours", "--out", _folder.File("store"),
        ];

        CommandResult result = await CommandResult.OfAsync(line);

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Out.ShouldContain("2 imported, 1 failed");
        result.Error.ShouldContain("bad.npy: expected finite numbers for 'bad', found Infinity in row 0, column 0.");
        result.Error.ShouldContain("good: the picture's features: the rows are not even");
        result.Error.ShouldContain("no visual features of 1 video: alone");
        result.Error.ShouldContain("no audio features of 1 video: bad");

        CommandResult json = await CommandResult.OfAsync([.. line, "--json"]);
        json.Out.ShouldContain("\"without_visual\"");
        json.Out.ShouldContain("\"alone\"");
    }

    [Theory]
    [InlineData("features import --visual-files plain --visual-rate 1 --out x", "its rows have 2 numbers and it does not say whose.")]
    [InlineData("features import --visual-files plain --visual-rate 1 --visual swin-l --out x", "its rows have 2 numbers; swin-l gives 1536.")]
    [InlineData("features import --visual-files plain --visual mine --out x", "film.npy: it does not say when its rows are")]
    [InlineData("features import --visual-files gone --visual mine --out x", "there is no such file or folder")]
    [InlineData("features import --visual-files plain --visual-hdf5 x.h5 --out x", "--visual-hdf5 and --visual-files exclude each other")]
    [InlineData("features import --audio-hdf5 x.h5 --visual-key rgb --out x", "--visual-key has no effect without --visual-files.")]
    [InlineData("features join plain --out x", "A join needs two or more folders; found only")]
    [InlineData("features join plain plain --out x", "are different ones; found")]
    [InlineData("features join plain gone --out plain", "are different ones; found")]
    [InlineData("features join plain gone --out x", "gone")]
    public async Task WhatIsWrongIsNamed(string line, string said)
    {
        Directory.CreateDirectory(_folder.File("plain"));
        NumpyFile.Write(_folder.File("plain/film.npy"), [1, 2], 1, 2);

        CommandResult result = await CommandResult.OfAsync([.. line.Split(' ').Select(part => part is "x" or "plain" or "gone" ? _folder.File(part) : part)]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        Directory.Exists(_folder.File("x")).ShouldBeFalse();
    }

    // The same numbers as the programs would write them: pictures at 2 Hz with times in milliseconds, sound at 10 Hz in a table.
    private void WriteForeign(FeatureStore store)
    {
        string resnet = Directory.CreateDirectory(_folder.File("resnet")).FullName, smile = Directory.CreateDirectory(_folder.File("smile")).FullName;
        foreach (string id in store.VideoIds())
        {
            VideoFeatures video = store.Read(id);
            FeatureSequence picture = video.Visual!, sound = video.Audio!;
            NumpyFile.Write(
                Path.Combine(resnet, $"{id}_resnet.npy"), [2 * picture.Steps, picture.Width],
                [.. Enumerable.Range(0, 2 * picture.Steps).SelectMany(row => picture.Row(row / 2).ToArray()).Select(value => (double)value)]);
            NumpyFile.Write(
                Path.Combine(resnet, $"{id}_timestamps_ms.npy"), [2 * picture.Steps], [.. Enumerable.Range(0, 2 * picture.Steps).Select(row => row * 500.0)]);
            NumpyFile.Write(Path.Combine(resnet, $"{id}_fps.npy"), [], 2);
            IEnumerable<string> rows = Enumerable.Range(0, 10 * sound.Steps).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"'unknown';{row / 10.0:0.000000};{string.Join(';', sound.Row(row / 10).ToArray().Select(Text))}"));
            File.WriteAllLines(Path.Combine(smile, $"{id}.csv"), ["name;frameTime;F0_sma;loudness_sma", .. rows]);
        }
    }

    private static string Text(float value) => value.ToString("e9", CultureInfo.InvariantCulture);
}
