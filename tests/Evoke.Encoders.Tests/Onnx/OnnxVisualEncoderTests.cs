using System.Security.Cryptography;
using Evoke.Curves;
using Evoke.Encoders.Batches;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Tests.Networks;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;
using Evoke.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Tests.Onnx;

public sealed class OnnxVisualEncoderTests : IDisposable
{
    private const string MobileNetJson = """{ "range": [-1, 1], "output": "embedding" }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MobileNetGivesItsEmbeddingForEveryFrameHoweverManyAreBatched()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx", MobileNetJson);
        byte[][] frames = [.. Enumerable.Range(0, 9).Select(Frame)];
        using IVisualEncoder encoder = Create($"onnx:{path}");
        encoder.FeatureWidth.ShouldBe(1280);
        encoder.FramesFor(new Rate(1)).ShouldBe(new FrameSpec { Width = 224, Height = 224, Rate = 1 });

        float[] found = Encode(encoder, frames);

        for (int i = 0; i < frames.Length; i++)
        {
            NetworkAssert.IsWithin(1e-5, found[(i * 1280)..((i + 1) * 1280)], Reference(path, frames[i], "embedding"));
        }
    }

    [Fact]
    public void TheOutputAfterTheMarkGoesBeforeTheFile()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx", MobileNetJson);
        using IVisualEncoder encoder = Create($"onnx:{path}#probs");
        encoder.FeatureWidth.ShouldBe(1001);
        float[] probabilities = Encode(encoder, [Frame(1)]);
        probabilities.Sum().ShouldBe(1, 1e-3f);
    }

    [Fact]
    public void TheIdentityIsTheFilesHashAndWhatElseChangesTheNumbers()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx", MobileNetJson);
        using IVisualEncoder encoder = Create($"onnx:{path}");
        encoder.Identity.Name.ShouldBe("onnx:mobilenet_v2.onnx");
        encoder.Identity.WeightsSha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        encoder.Identity.Settings.ShouldBe("224x224 channelsFirst, mean 0.5 0.5 0.5, std 0.5 0.5 0.5, input input, output embedding");

        using OnnxVisualEncoder other = OnnxVisualEncoder.Load(path, new OnnxDescription { Output = "probs" }, Options());
        other.Identity.ShouldNotBe(encoder.Identity);
    }

    [Fact]
    public void AFileAtHandGoesBeforeTheOneThatIsNamed()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx", MobileNetJson);
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual("onnx:mobilenet_v2.onnx#embedding", Options() with { WeightsFile = path });
        encoder.FeatureWidth.ShouldBe(1280);
        encoder.Identity.Name.ShouldBe("onnx:mobilenet_v2.onnx");
        using IVisualEncoder other = EncoderCatalog.CreateDefault().CreateVisual(
            "onnx:mobilenet_v2.onnx#embedding", Options() with { WeightsFile = $"{path}#probs" });
        other.FeatureWidth.ShouldBe(1001);
    }

    [Fact]
    public void WhatAModelRemembersReplacesTheNameTheOutputAndTheJson()
    {
        string path = SharedOnnx.CopyTo(
            _folder, "mobilenet_v2.onnx", """{ "range": [-1, 1], "mean": [0.1, 0.2, 0.3], "std": [0.7, 0.8, 0.9], "output": "probs" }""");
        using IVisualEncoder trained = Create($"onnx:{path}");
        string moved = Path.Combine(Directory.CreateDirectory(_folder.File("elsewhere")).FullName, "renamed.onnx");
        File.Move(path, moved);

        EncoderOptions ofModel = Options() with { Trained = trained.Identity };
        using IVisualEncoder found = EncoderCatalog.CreateDefault().CreateVisual(trained.Identity.Name, ofModel with { WeightsFile = moved });
        found.Identity.ShouldBe(trained.Identity);
        Encode(found, [Frame(3)]).ShouldBe(Encode(trained, [Frame(3)]));

        File.Move(moved, Path.Combine(_folder.File("elsewhere"), "mobilenet_v2.onnx"));
        using IVisualEncoder beside = EncoderCatalog.CreateDefault().CreateVisual(
            trained.Identity.Name, ofModel with { ModelFolder = _folder.File("elsewhere") });
        beside.Identity.ShouldBe(trained.Identity);

        Should.Throw<OnnxModelException>(() => EncoderCatalog.CreateDefault().CreateVisual(trained.Identity.Name, ofModel))
            .Message.ShouldContain("name its file with --visual-weights FILE, or copy it beside the model");
    }

    [Fact]
    public void SeveralOutputsMustBeChosenFrom()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx");
        OnnxModelException error = Should.Throw<OnnxModelException>(() => Create($"onnx:{path}"));
        error.Message.ShouldContain("embedding");
        error.Message.ShouldContain("probs");
        Should.Throw<OnnxModelException>(() => Create($"onnx:{path}#nothing")).Message.ShouldContain("'nothing'");
    }

    [Theory]
    [InlineData("""{ "output": "embedding", "width": 160 }""", "width")]
    [InlineData("""{ "output": "embedding", "layout": "channelsLast" }""", "NHWC")]
    [InlineData("""{ "output": "embedding", "range": [1] }""", "range")]
    [InlineData("""{ "output": "embedding", "std": [1, 0, 1] }""", "std")]
    [InlineData("""{ "output": "embedding", "range": [1e300, 1] }""", "\"range\": expected two different numbers")]
    [InlineData("""{ "output": "embedding", "range": [-3e38, 3e38] }""", "too far apart")]
    [InlineData(
        """{ "outputs": "embedding" }""",
        "mobilenet_v2.onnx.json, \"outputs\": there is no such key; did you mean \"output\"?")]
    [InlineData("""{ "output": "embedding", "layout": "sideways" }""", "\"layout\"")]
    [InlineData("""{ "output": """, ".json: line 1")]
    public void WhatDoesNotFitIsNamed(string json, string named)
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx", json);
        OnnxModelException error = Should.Throw<OnnxModelException>(() => Create($"onnx:{path}"));
        error.Message.ShouldContain(named);
        error.Message.ShouldContain("mobilenet_v2.onnx");
    }

    [Fact]
    public void ANetworkOfSoundSeesNothing()
    {
        string path = SharedOnnx.CopyTo(_folder, "yamnet.onnx");
        Should.Throw<OnnxModelException>(() => Create($"onnx:{path}#embedding")).Message.ShouldContain("96");
    }

    [Fact]
    public void AFileThatIsNoNetworkIsNamed()
    {
        string path = _folder.File("broken.onnx");
        Should.Throw<OnnxModelException>(() => Create($"onnx:{path}")).Message.ShouldContain("no such file");
        File.WriteAllText(path, "not a network");
        Should.Throw<OnnxModelException>(() => Create($"onnx:{path}")).Message.ShouldContain("broken.onnx");
    }

    [Fact]
    public void AnotherPrecisionCannotBeAsked()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx", MobileNetJson);
        Should.Throw<PrecisionException>(() => EncoderCatalog.CreateDefault().CreateVisual($"onnx:{path}", Options() with { Precision = Precision.BFloat16 }));
    }

    [Fact]
    public void ChannelsLastKeepsTheColoursOfAPixelSideBySide()
    {
        byte[] rgb = [0, 51, 102, 153, 204, 255];
        float[] first = new float[6];
        float[] last = new float[6];
        new PixelTransform([0, 0, 0], [1, 1, 1]).Apply(rgb, first);
        new PixelTransform([0, 0, 0], [1, 1, 1], PictureLayout.ChannelsLast).Apply(rgb, last);
        first.ShouldBe([0, 0.6f, 0.2f, 0.8f, 0.4f, 1]);
        last.ShouldBe([0, 0.2f, 0.4f, 0.6f, 0.8f, 1]);
    }

    private EncoderOptions Options() => new() { CacheFolder = _folder.File("home") };

    private IVisualEncoder Create(string name) => EncoderCatalog.CreateDefault().CreateVisual(name, Options());

    private static float[] Encode(IVisualEncoder encoder, byte[][] frames)
    {
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        for (int i = 0; i < frames.Length; i++)
        {
            session.Push(new FrameChunk(i, frames[i]));
        }

        return session.Complete(frames.Length);
    }

    // The network by itself, one frame at a time, with the arithmetic of its card: x / 127.5 - 1.
    private static float[] Reference(string path, byte[] frame, string output)
    {
        float[] input = new float[frame.Length];
        for (int i = 0; i < frame.Length; i++)
        {
            input[(i % 3 * (frame.Length / 3)) + (i / 3)] = (frame[i] / 127.5f) - 1;
        }

        OnnxRuntimeLibrary.Start();
        using InferenceSession session = new(path);
        using RunOptions run = new();
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, 224, 224]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["input"], [value], [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static byte[] Frame(int index)
    {
        byte[] frame = new byte[224 * 224 * 3];
        new Random(index).NextBytes(frame);
        return frame;
    }
}
