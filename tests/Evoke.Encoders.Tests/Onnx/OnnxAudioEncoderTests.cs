using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Signal;
using Evoke.Encoders.Tests.Networks;
using Evoke.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Tests.Onnx;

public sealed class OnnxAudioEncoderTests : IDisposable
{
    private const string YamnetJson = """{ "logOffset": 0.001, "output": "embedding" }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void YamnetGivesItsEmbeddingForEveryStep()
    {
        string path = SharedOnnx.CopyTo(_folder, "yamnet.onnx", YamnetJson);
        float[] sound = Sound(seconds: 11);
        using IAudioEncoder encoder = Create($"onnx:{path}");
        encoder.FeatureWidth.ShouldBe(1024);
        encoder.SampleRate.ShouldBe(16_000);

        using IAudioEncodingSession session = encoder.Start(new Rate(1));
        session.Push(sound);
        float[] found = session.Complete(10);

        for (int step = 0; step < 10; step++)
        {
            NetworkAssert.IsWithin(1e-4, found[(step * 1024)..((step + 1) * 1024)], Reference(path, sound[(step * 16_000)..]));
        }
    }

    [Fact]
    public void TheLogOffsetChangesTheNumbersAndTheIdentity()
    {
        string path = SharedOnnx.CopyTo(_folder, "yamnet.onnx", YamnetJson);
        using IAudioEncoder yamnet = Create($"onnx:{path}#embedding");
        using OnnxAudioEncoder vggish = OnnxAudioEncoder.Load(path, new OnnxDescription { Output = "embedding" }, Options());
        vggish.Identity.ShouldNotBe(yamnet.Identity);
        vggish.Identity.Settings.ShouldBe("log offset 0.01, input input, output embedding");
        Should.Throw<OnnxModelException>(() => OnnxAudioEncoder.Load(path, new OnnxDescription { Output = "embedding", LogOffset = 0 }, Options()))
            .Message.ShouldContain("logOffset");
    }

    [Fact]
    public void WhatAModelRemembersReplacesTheNameTheOutputAndTheJson()
    {
        string path = SharedOnnx.CopyTo(_folder, "yamnet.onnx", YamnetJson);
        using IAudioEncoder trained = Create($"onnx:{path}");
        File.Delete(path + ".json");
        File.Move(path, _folder.File("renamed.onnx"));

        EncoderOptions ofModel = Options() with { Trained = trained.Identity };
        using IAudioEncoder found = EncoderCatalog.CreateDefault().CreateAudio(
            trained.Identity.Name, ofModel with { WeightsFile = _folder.File("renamed.onnx") });
        found.Identity.ShouldBe(trained.Identity);
        Should.Throw<OnnxModelException>(() => EncoderCatalog.CreateDefault().CreateAudio(trained.Identity.Name, ofModel))
            .Message.ShouldContain("--audio-weights FILE");
    }

    [Fact]
    public void ANetworkThatSeesHearsNothing()
    {
        string path = SharedOnnx.CopyTo(_folder, "mobilenet_v2.onnx");
        Should.Throw<OnnxModelException>(() => Create($"onnx:{path}#embedding")).Message.ShouldContain("96, 64");
    }

    private EncoderOptions Options() => new() { CacheFolder = _folder.File("home") };

    private IAudioEncoder Create(string name) => EncoderCatalog.CreateDefault().CreateAudio(name, Options());

    private static float[] Sound(int seconds)
    {
        float[] sound = new float[seconds * 16_000];
        for (int i = 0; i < sound.Length; i++)
        {
            double t = i / 16_000.0;
            sound[i] = (float)(0.5 * Math.Sin(2 * Math.PI * (200 + (150 * t)) * t));
        }

        return sound;
    }

    private static float[] Reference(string path, float[] samples)
    {
        float[] patch = new LogMelSpectrogram(new LogMelOptions { LogOffset = 0.001f }).Compute(samples.AsSpan(0, 15_600));
        OnnxRuntimeLibrary.Start();
        using InferenceSession session = new(path);
        using RunOptions run = new();
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(patch, [1, 1, 96, 64]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["input"], [value], ["embedding"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
