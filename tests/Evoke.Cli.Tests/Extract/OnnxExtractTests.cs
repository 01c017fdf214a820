using Evoke.Cli.Shell;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Extract;

/// <summary>Each kind of ONNX network through <c>evoke extract</c>, on a film that flashes and beeps at 1 s and 3 s for 0.2 s.</summary>
public sealed class OnnxExtractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ClipsAndSamples()
    {
        // Loudness: the mean of the squares of 0.5 s around the middle of each quarter of a second.
        OnnxModel loudness = new OnnxModel().Input("x", OnnxElement.Singles, "N", "samples").Output("y", OnnxElement.Singles, "N", 1)
            .Node("Mul", ["x", "x"], "squares").Node("ReduceMean", ["squares"], "y", ("axes", new long[] { 1 }), ("keepdims", 1L));
        VideoFeatures features = await ExtractAsync(
            OnnxModel.Mean(OnnxElement.Singles, "N", 3, 6, 8, 8), """{ "frameRate": 6.25 }""",
            loudness, """{ "sampleRate": 22050, "windowSeconds": 0.5, "hopSeconds": 0.25, "withinStep": "max" }""");
        PeaksAreAt1And3(features.Visual!);
        PeaksAreAt1And3(features.Audio!);
    }

    [Fact]
    public async Task PicturesAndSpectrograms()
    {
        VideoFeatures features = await ExtractAsync(
            OnnxModel.Mean(OnnxElement.Halves, "N", 8, 8, 3), "{}",
            OnnxModel.Mean(OnnxElement.Singles, "N", 1, 99, 64), """{ "frontEnd": "clap" }""");
        PeaksAreAt1And3(features.Visual!);
        PeaksAreAt1And3(features.Audio!);
        features.Visual!.Encoder.Settings.ShouldBe("8x8 channelsLast, mean 0.485 0.456 0.406, std 0.229 0.224 0.225, input x, output y");
        features.Audio!.Encoder.Name.ShouldBe("onnx:sound.onnx");
    }

    [Fact]
    public async Task State()
    {
        // The loudest sample so far.
        OnnxModel loudest = new OnnxModel().Input("x", OnnxElement.Singles, "N", 1600).Input("s", OnnxElement.Singles, "N", 1)
            .Output("y", OnnxElement.Singles, "N", 1).Output("next", OnnxElement.Singles, "N", 1)
            .Node("ReduceMax", ["x"], "peak", ("axes", new long[] { 1 }), ("keepdims", 1L)).Node("Max", ["peak", "s"], "y").Node("Identity", ["y"], "next");
        VideoFeatures features = await ExtractAsync(
            null, "", loudest, """{ "sampleRate": 16000, "state": { "s": "next" }, "input": "x", "output": "y" }""");
        float[] rows = features.Audio!.Values;
        rows[0].ShouldBeLessThan(0.1f);
        rows[1..].ShouldAllBe(row => row > 0.4f);
    }

    private async Task<VideoFeatures> ExtractAsync(OnnxModel? visual, string visualJson, OnnxModel audio, string audioJson)
    {
        string film = await Films.ShortAsync();
        string eye = visual is null ? "none" : $"onnx:{Network("picture.onnx", visual, visualJson)}";
        CommandResult result = await CommandResult.OfAsync(
            "extract", film, "--visual", eye, "--audio", $"onnx:{Network("sound.onnx", audio, audioJson)}", "--out", _folder.File("out"));
        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        return FeatureStore.Open(_folder.File("out")).Read("flashes");
    }

    private string Network(string name, OnnxModel model, string json)
    {
        string path = model.Save(_folder.File(name));
        File.WriteAllText(path + ".json", json);
        return path;
    }

    private static void PeaksAreAt1And3(FeatureSequence features)
    {
        features.Width.ShouldBe(1);
        int[] byHeight = [.. Enumerable.Range(0, features.Steps).OrderByDescending(step => features.Row(step)[0]).Take(2).Order()];
        byHeight.ShouldBe([1, 3]);
    }
}
