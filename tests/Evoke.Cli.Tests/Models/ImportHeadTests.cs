using System.Globalization;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Models;

/// <summary>
/// <c>ckpt_small.pth.tar</c> was saved by PyTorch as the authors' code does; the output of its head for the golden input is in <c>head_small.safetensors</c>.
/// </summary>
public sealed class ImportHeadTests : IDisposable
{
    private const int Steps = 60, VisualWidth = 24, AudioWidth = 8, Emotions = 15;

    private static readonly string s_golden = Path.Combine(Repository.Root, "tests", "Evoke.Heads.Tests", "Golden");
    private static readonly string s_checkpoint = Path.Combine(s_golden, "ckpt_small.pth.tar");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnAuthorsCheckpointPredictsAsItDidForThem()
    {
        WriteFeatures();
        string model = _folder.File("model.safetensors");

        CommandResult imported = await CommandResult.OfAsync("models", "import-head", s_checkpoint, "--features", _folder.File("features"), "--out", model);
        CommandResult predicted = await CommandResult.OfAsync(
            "predict", "--features", _folder.File("features"), "--model", model, "--rate", "1", "--out", _folder.File("curves.csv"));

        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        imported.Out.ShouldContain("15 curves from toy-visual and toy-audio at 1 Hz");
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        string[][] rows = [.. File.ReadLines(_folder.File("curves.csv")).Skip(1).Select(line => line.Split(','))];
        rows.Length.ShouldBe(Steps);
        using SafeTensorsFile golden = SafeTensorsFile.Open(Path.Combine(s_golden, "head_small.safetensors"));
        float[] expected = golden.ReadFloats("forward"); // [3, 60, 15]; the features are of the first
        for (int step = 0; step < Steps; step++)
        {
            for (int emotion = 0; emotion < Emotions; emotion++)
            {
                float.Parse(rows[step][2 + emotion], CultureInfo.InvariantCulture).ShouldBe(expected[(step * Emotions) + emotion], 1e-4f);
            }
        }
    }

    [Fact]
    public async Task ItPredictsFromHdf5FilesAsFromFeatureFiles()
    {
        WriteFeatures();
        string features = _folder.File("features"), model = _folder.File("model.safetensors");
        string visual = _folder.File("visual.h5"), audio = _folder.File("audio.h5");
        await DoneAsync("models", "import-head", s_checkpoint, "--features", features, "--out", model);
        await DoneAsync("features", "export", features, "--modality", "visual", "--out", visual);
        await DoneAsync("features", "export", features, "--modality", "audio", "--out", audio);
        string[] files =
        [
            "--visual-hdf5", visual, "--visual-rate", "1", "--visual", "toy-visual",
            "--audio-hdf5", audio, "--audio-rate", "1/1", "--audio", "toy-audio",
        ];

        await DoneAsync("predict", "--features", features, "--model", model, "--out", _folder.File("folder"));
        await DoneAsync(["predict", .. files, "--model", model, "--device", "cpu", "--out", _folder.File("hdf5")]);

        File.ReadAllText(_folder.File("hdf5/golden.csv")).ShouldBe(File.ReadAllText(_folder.File("folder/golden.csv")));
    }

    [Fact]
    public async Task WhatTheFileDoesNotSayIsSaid()
    {
        WriteFeatures();

        CommandResult imported = await CommandResult.OfAsync(
            "models", "import-head", s_checkpoint, "--features", _folder.File("features"), "--rate", "6", "--clip-steps", "360", "--normalisation", "l2",
            "--emotions", string.Join(',', Enumerable.Range(0, Emotions).Select(i => $"e{i}")), "--out", _folder.File("m"), "--json");

        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        JsonElement model = JsonDocument.Parse(imported.Out).RootElement;
        (model.GetProperty("rate").GetDouble(), model.GetProperty("clip_steps").GetInt32()).ShouldBe((6, 360));
        model.GetProperty("emotions")[14].GetString().ShouldBe("e14");
    }

    [Theory]
    [InlineData("--audio none --visual none", "the audio encoder is none")]
    [InlineData("--features EMPTY", "there is no feature file in this folder")]
    [InlineData("--visual no-such", "available: visual-lld")]
    [InlineData("--features features --emotions a,b", "15 curves for 2 emotions")]
    public async Task WhatDoesNotGoTogetherIsNamed(string options, string said)
    {
        WriteFeatures();
        Directory.CreateDirectory(_folder.File("EMPTY"));

        CommandResult result = await CommandResult.OfAsync(
            ["models", "import-head", s_checkpoint, "--out", _folder.File("m"),
                .. options.Split(' ').Select(part => part is "EMPTY" or "features" ? _folder.File(part) : part)]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        File.Exists(_folder.File("m")).ShouldBeFalse();
    }

    private static async Task DoneAsync(params string[] line)
    {
        CommandResult result = await CommandResult.OfAsync(line);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
    }

    private void WriteFeatures() => FeatureStore.OpenOrCreate(_folder.File("features")).Write(new VideoFeatures
    {
        VideoId = "golden",
        SourceName = "golden",
        SourceBytes = 1,
        DurationSeconds = Steps,
        Visual = new FeatureSequence(
            new EncoderIdentity("toy-visual"), new Rate(1), VisualWidth,
            GoldenTensor.SymmetricUnits("golden.visual", 3 * Steps * VisualWidth)[..(Steps * VisualWidth)]),
        Audio = new FeatureSequence(
            new EncoderIdentity("toy-audio"), new Rate(1), AudioWidth,
            GoldenTensor.SymmetricUnits("golden.audio", 3 * Steps * AudioWidth)[..(Steps * AudioWidth)]),
    });
}
