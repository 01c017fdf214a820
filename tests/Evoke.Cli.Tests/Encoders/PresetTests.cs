using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Encoders;

/// <summary>Presets through the commands, with networks of their shapes, on a film that flashes and beeps at 1 s and 3 s.</summary>
public sealed class PresetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _clip, _wave;

    public PresetTests()
    {
        _clip = OnnxModel.Means(512, 3, [2, 3], "N", 3, 224, 224).Save(_folder.File("clip.onnx"));
        _wave = OnnxModel.Tokens(768, 320, "N", 32_000).Save(_folder.File("wave.onnx"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AModelIsTrainedOnThemAndPredicts()
    {
        string film = await Films.ShortAsync();
        string[] weights = ["--visual-weights", _clip, "--audio-weights", _wave];
        await DoneAsync(["extract", film, "--visual", "clip-vit-b-32", "--audio", "wav2vec2-base", "--out", _folder.File("features"), .. weights]);

        VideoFeatures features = FeatureStore.Open(_folder.File("features")).Read("flashes");
        features.Visual!.Encoder.Name.ShouldBe("clip-vit-b-32");
        features.Visual.Encoder.WeightsSha256!.Length.ShouldBe(64);
        features.Audio!.Encoder.Name.ShouldBe("wav2vec2-base");
        features.Visual.Row(1)[0].ShouldBeGreaterThan(features.Visual.Row(2)[0]);

        EmotionScheme scheme = new(["joy"]);
        TimeGrid grid = new(new Rate(6), 33);
        EmotionCurves joy = new(scheme, grid, GoldenTensor.Units("joy", grid.Count));
        EevCsv.Write(scheme, [new LabelledVideo("flashes", joy)], _folder.File("labels.csv"));
        await DoneAsync(
            "train", "--train-labels", _folder.File("labels.csv"), "--val-labels", _folder.File("labels.csv"), "--features", _folder.File("features"),
            "--recipe", "demo", "--set", "train.epochs=1", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4", "--out", _folder.File("run"));
        string model = _folder.File("run/best.safetensors");
        await DoneAsync(["predict", film, "--model", model, "--out", _folder.File("curves"), .. weights]);
        File.ReadLines(_folder.File("curves/flashes.csv")).Count().ShouldBe(1 + 33);

        // Another network of the same shapes is not the one of the model.
        string other = OnnxModel.Means(512, 3, [2, 3], "batch", 3, 224, 224).Save(_folder.File("other.onnx"));
        CommandResult refused = await CommandResult.OfAsync(
            "predict", film, "--model", model, "--out", _folder.File("no"), "--visual-weights", other, "--audio-weights", _wave);
        refused.ExitCode.ShouldBe(ExitCode.WrongUse);
        refused.Error.ShouldContain("takes features of clip-vit-b-32 (weights ");
    }

    [Fact]
    public async Task AnImportedOneIsListedAsHereAndUntested()
    {
        Dictionary<string, string?> home = new() { ["EVOKE_HOME"] = _folder.File("home") };
        CommandResult imported = await CommandResult.OfProcessAsync(["models", "import", _clip, "clip-vit-b-32"], home);
        CommandResult listed = await CommandResult.OfProcessAsync(["encoders", "list", "--json"], home);

        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        imported.Out.ShouldContain(_folder.File("home/models/clip-vit-b-32/clip-vit-b-32.onnx"));
        using JsonDocument rows = JsonDocument.Parse(listed.Out);
        JsonElement row = rows.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "clip-vit-b-32");
        row.GetProperty("here").GetBoolean().ShouldBeTrue();
        row.GetProperty("untested").GetBoolean().ShouldBeTrue();
        row.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(_clip).Length);
        row.GetProperty("licence").GetString().ShouldBe("MIT");
        row.GetProperty("input").GetString().ShouldBe("224 x 224 pixels from the middle, a picture for each step");
    }

    [Fact]
    public async Task PullingOneWithoutAnAddressSaysWhatToDo()
    {
        CommandResult result = await CommandResult.OfAsync("models", "pull", "ast");
        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("No address is known for the weights of ast. Export it as an ONNX file: docs/presets.md#ast shows how.");
    }

    private static async Task DoneAsync(params string[] line)
    {
        CommandResult result = await CommandResult.OfAsync(line);
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
    }
}
