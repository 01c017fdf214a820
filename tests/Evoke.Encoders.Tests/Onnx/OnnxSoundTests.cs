using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Signal;
using Evoke.Features;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Onnx;

/// <summary>Networks of samples and of spectrograms, with and without state.</summary>
public sealed class OnnxSoundTests : IDisposable
{
    private const int Rate = 1000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("start", 0, 1000)]
    [InlineData("centre", 250, 750)]
    [InlineData("end", 0, 1000)]
    public void AWindowForEachStepLiesWhereThePlaceSays(string place, int from, int end)
    {
        int length = end - from;
        string path = Network("waves.onnx", Same("N", length), $$"""{ "kind": "wave", "sampleRate": {{Rate}}, "place": "{{place}}" }""");
        using IAudioEncoder encoder = Create(path);
        encoder.SampleRate.ShouldBe(Rate);
        encoder.FeatureWidth.ShouldBe(length);

        float[] found = Encode(encoder, Ramp(5 * Rate), 5);

        for (int step = 0; step < 5; step++)
        {
            found[step * length].ShouldBe((step * Rate) + from);
            found[((step + 1) * length) - 1].ShouldBe((step * Rate) + end - 1);
        }
    }

    [Fact]
    public void WhatLiesOutsideTheFilmIsSilence()
    {
        string path = Network("long.onnx", Same("N", 2000), $$"""{ "kind": "wave", "sampleRate": {{Rate}} }""");
        using IAudioEncoder encoder = Create(path);
        float[] found = Encode(encoder, [.. Enumerable.Repeat(1f, 1500)], 4);

        // Step 0 sees -0.5 s to 1.5 s, step 1 sees 0.5 s to 2.5 s, of which 1 s is sound, and so on.
        Enumerable.Range(0, 4).Select(step => found.AsSpan(step * 2000, 2000).ToArray().Sum()).ShouldBe([1500, 1000, 0, 0]);
        found[..500].ShouldAllBe(x => x == 0);
        found[500].ShouldBe(1);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("centre")]
    [InlineData("end")]
    public void ABeepInASecondPeaksInItsStep(string place)
    {
        string path = Network("mean.onnx", OnnxModel.Mean(OnnxElement.Singles, "N", 1, 1000), $$"""{ "sampleRate": {{Rate}}, "place": "{{place}}" }""");
        using IAudioEncoder encoder = Create(path);
        float[] sound = new float[8 * Rate];
        sound.AsSpan((5 * Rate) + 300, 200).Fill(1);
        float[] found = Encode(encoder, sound, 8);
        Array.IndexOf(found, found.Max()).ShouldBe(5);
    }

    [Theory]
    [InlineData("mean", 0.25f)]
    [InlineData("max", 1f)]
    public void SeveralWindowsInAStepAreJoined(string within, float expected)
    {
        string json = $$"""{ "sampleRate": {{Rate}}, "windowSeconds": 0.25, "hopSeconds": 0.25, "withinStep": "{{within}}" }""";
        using IAudioEncoder encoder = Create(Network("hop.onnx", OnnxModel.Mean(OnnxElement.Singles, "N", "samples"), json));
        float[] sound = new float[6 * Rate];
        sound.AsSpan((3 * Rate) + 500, 250).Fill(1);

        Encode(encoder, sound, 6).ShouldBe([0, 0, 0, expected, 0, 0]);
    }

    [Fact]
    public void AStepWithoutAWindowTakesTheNearest()
    {
        string json = $$"""{ "sampleRate": {{Rate}}, "windowSeconds": 2, "hopSeconds": 2 }""";
        using IAudioEncoder encoder = Create(Network("slow.onnx", OnnxModel.Mean(OnnxElement.Singles, "N", "samples"), json));
        float[] sound = new float[8 * Rate];
        sound.AsSpan(2 * Rate, 2 * Rate).Fill(1);

        // Windows have their middles at 1, 3, 5 and 7 s.
        Encode(encoder, sound, 8).ShouldBe([0, 0, 1, 1, 0, 0, 0, 0]);
        Encode(encoder, sound, 8, rate: 0.5)[..4].ShouldBe([0, 1, 0, 0]);
    }

    [Fact]
    public void StateAndContextGoFromWindowToWindow()
    {
        // y = s + sum of the window and its context; the next state is y.
        OnnxModel model = new OnnxModel(opset: 18)
            .Input("x", OnnxElement.Singles, "N", 300).Input("s", OnnxElement.Singles, "N", 1).Input("rate", OnnxElement.Longs)
            .Output("y", OnnxElement.Singles, "N", 1).Output("next", OnnxElement.Singles, "N", 1).Output("told", OnnxElement.Longs)
            .Weights("axes", [1L], 1)
            .Node("ReduceSum", ["x", "axes"], "sum").Node("Add", ["sum", "s"], "y").Node("Identity", ["y"], "next").Node("Identity", ["rate"], "told");
        string json = $$"""
            { "sampleRate": {{Rate}}, "windowSeconds": 0.25, "contextSeconds": 0.05, "state": { "s": "next" }, "constants": { "rate": 1000 }, "input": "x",
              "output": "y", "withinStep": "max", "hopSeconds": 0.25 }
            """;
        using IAudioEncoder encoder = Create(Network("state.onnx", model, json));
        float[] sound = [.. Enumerable.Repeat(1f, 4 * Rate)];

        // 4 windows a second: the first adds 250, each later one 300, of which 50 are heard twice.
        float[] expected = [1150, 2350, 3550, 4750, 4800, 4800]; // of the silence after the end the first window still hears 50
        Encode(encoder, sound, 6).ShouldBe(expected);
        Encode(encoder, sound, 6).ShouldBe(expected); // each film begins with no state
    }

    [Fact]
    public void TheNextStateMayBeTheFeature()
    {
        OnnxModel model = new OnnxModel(opset: 18)
            .Input("x", OnnxElement.Singles, "N", 500).Input("s", OnnxElement.Singles, "N", 1).Output("y", OnnxElement.Singles, "N", 1)
            .Weights("axes", [1L], 1).Node("ReduceSum", ["x", "axes"], "sum").Node("Add", ["sum", "s"], "y");
        string json = $$"""{ "sampleRate": {{Rate}}, "state": { "s": "y" }, "output": "y", "withinStep": "max", "hopSeconds": 0.5 }""";
        using IAudioEncoder encoder = Create(Network("same.onnx", model, json));
        Encode(encoder, [.. Enumerable.Repeat(1f, 3 * Rate)], 3).ShouldBe([1000, 2000, 3000]);
    }

    [Fact]
    public async Task SilerosDetectorHearsTheDialogueOfARealTrailer()
    {
        string? trailer = SourceTree.Clip("sintel_trailer_52s.ogv");
        Assert.SkipWhen(trailer is null, "The trailer is not beside the repository.");
        string path = SharedOnnx.CopyTo(
            _folder,
            "silero_vad_v5.onnx",
            """
            { "kind": "wave", "sampleRate": 16000, "windowSeconds": 0.032, "contextSeconds": 0.004, "state": { "state": "stateN" },
              "constants": { "sr": 16000 } }
            """);
        using IAudioEncoder encoder = Create(path);
        FeatureExtractor extractor = new(null, encoder);

        VideoFeatures features = await extractor.ExtractAsync(trailer!, cancellationToken: TestContext.Current.CancellationToken);

        // "What brings you to the land of the gatekeepers?" from 12 s on; music alone from 24 s to 36 s.
        features.Audio!.Values[13].ShouldBeGreaterThan(0.9f);
        features.Audio.Values[24..36].ShouldAllBe(probability => probability < 0.1f);
    }

    [Fact]
    public void ALongFilmTakesNoMoreMemoryThanAShortOne()
    {
        string json = $$"""{ "sampleRate": {{Rate}}, "windowSeconds": 1, "hopSeconds": 0.5 }""";
        using IAudioEncoder encoder = Create(Network("long.onnx", OnnxModel.Mean(OnnxElement.Singles, "N", "samples"), json));
        using SoundWindowSession session = (SoundWindowSession)encoder.Start(new Rate(1));
        for (int i = 0; i < 1000; i++)
        {
            session.Push(new float[Rate]);
            session.SamplesKept.ShouldBeLessThan(Rate);
        }

        session.Complete(1000).Length.ShouldBe(1000);
    }

    [Fact]
    public void EachWindowIsBroughtToZeroMeanAndUnitVariance()
    {
        string path = Network("standard.onnx", Same("N", 1000), $$"""{ "sampleRate": {{Rate}}, "standardise": true, "gain": 100 }""");
        using IAudioEncoder encoder = Create(path);
        float[] found = Encode(encoder, Ramp(3 * Rate), 3);
        for (int step = 0; step < 3; step++)
        {
            float[] window = found[(step * 1000)..((step + 1) * 1000)];
            window.Average().ShouldBe(0, 1e-4f);
            window.Select(x => x * x).Average().ShouldBe(1, 1e-3f);
        }
    }

    [Theory]
    [InlineData("N", 1, 9, 64)]
    [InlineData("N", 64, 9)]
    [InlineData("N", 1, 64, 9)]
    [InlineData(2, 9, 64, 1)]
    public void SpectrogramsComeInTheNetworksOrder(params object[] shape)
    {
        string path = Network("mel.onnx", Same(shape), """{ "kind": "spectrogram", "frontEnd": "panns" }""");
        using IAudioEncoder encoder = Create(path);
        encoder.SampleRate.ShouldBe(32_000);
        encoder.FeatureWidth.ShouldBe(9 * 64);
        float[] sound = [.. Enumerable.Range(0, 3 * 32_000).Select(i => (float)Math.Sin(i * i * 1e-5))];

        float[] found = Encode(encoder, sound, 3);

        // The window of step 1 is 8 hops long and has its middle at 1.5 s.
        float[] expected = new LogMelSpectrogram(LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Panns)).Compute(sound.AsSpan(48_000 - (4 * 320), 8 * 320));
        bool bandsFirst = Array.IndexOf(shape, 64) < Array.IndexOf(shape, 9);
        float[] own = found[(9 * 64)..(2 * 9 * 64)];
        for (int i = 0; i < own.Length; i++)
        {
            own[bandsFirst ? (i % 64 * 9) + (i / 64) : i].ShouldBe(expected[i], 1e-4f);
        }
    }

    [Fact]
    public void WhatAModelRemembersReplacesTheJson()
    {
        string path = Network(
            "kept.onnx",
            OnnxModel.Mean(OnnxElement.Singles, "N", 1024, 128),
            """{ "frontEnd": "ast", "hopSeconds": 5, "withinStep": "max", "l2": true, "title": "AST" }""");
        using IAudioEncoder trained = Create(path);
        File.Delete(path + ".json");
        using IAudioEncoder found = EncoderCatalog.CreateDefault().CreateAudio($"onnx:{path}", Options() with { Trained = trained.Identity });
        found.Identity.ShouldBe(trained.Identity);
        found.Identity.Settings.ShouldStartWith("{\"kind\":\"spectrogram\",\"input\":\"x\",\"output\":\"y\",\"l2\":true,\"axes\":\"NTF\"");
        found.Identity.Settings.ShouldNotContain("title");
    }

    [Fact]
    public void EveryMistakeIsNamedAtOnce()
    {
        OnnxModel model = OnnxModel.Mean(OnnxElement.Singles, "N", "samples").Input("mask", OnnxElement.Longs, "N", "samples");
        string path = Network(
            "wrong.onnx",
            model,
            """
            { "kind": "wave", "samplerate": 16000, "sampleRate": "high", "windowSeconds": -1, "frames": 16, "place": "centre", "hopSeconds": 1, "input": "x",
              "state": { "h": "hn" } }
            """);
        string message = Should.Throw<OnnxModelException>(() => Create(path)).Message;
        foreach (string part in (string[])
        [
            "7 mistakes", "\"samplerate\": there is no such key; did you mean \"sampleRate\"?", "\"sampleRate\": expected a whole number; found \"high\"",
            "\"windowSeconds\": expected a number from 0.0001 to 600; found -1", "\"frames\": it is for clips; this network takes wave",
            "\"place\": it has no effect beside \"hopSeconds\"",
            "\"state.h\": the network has no input 'h'; it has x float32 [any, any], mask int64 [any, any]",
            "nothing feeds the input 'mask', int64 [any, any]: give it a number with \"constants\"",
        ])
        {
            message.ShouldContain(part);
        }
    }

    [Theory]
    [InlineData("""{ "spectrogram": { "fftSize": 400 } }""", "\"spectrogram.fftSize\": expected a power of two that is at least windowLength, 400; found 400")]
    [InlineData("""{ "spectrogram": { "highHz": 9000 } }""", "\"spectrogram.highHz\": expected a number from 0 to 8000; found 9000")]
    [InlineData("""{ "spectrogram": { "lowHz": 7500 } }""", "\"spectrogram.highHz\": expected more than lowHz, 7500; found 7500")]
    [InlineData("""{ "spectrogram": { "logOffset": 0 } }""", "silence has no logarithm")]
    [InlineData("""{ "spectrogram": { "divideBy": 0 } }""", "\"spectrogram.divideBy\": expected a number other than 0; found 0")]
    [InlineData("""{ "spectrogram": { "window": "kaiser" } }""", "expected hann or hannSymmetric or hamming or hammingSymmetric or povey or rectangular")]
    [InlineData("""{ "spectrogram": { "bands": 32 } }""", "expected log-mel patches: [N, 96, 32]")]
    [InlineData("""{ "spectrogram": { "hopLength": 100000 } }""", "\"spectrogram.hopLength\": expected a number from 1 to 16384; found 100000")]
    [InlineData("""{ "axes": "NFT" }""", "expected log-mel patches in the order NFT")]
    [InlineData("""{ "kind": "pictures" }""", "\"kind\": this network takes pictures; expected one that takes wave or spectrogram")]
    [InlineData("""{ "kind": "wave" }""", "is float32 [any, 1, 96, 64]; expected samples: [N, samples] or [N, 1, samples]")]
    [InlineData("""{ "kind": "wave" }""", "\"sampleRate\": expected the samples per second")]
    [InlineData("""{ "pooling": "map", "axes": "NFT" }""", "the output 'y' is float32 [any, 1]; expected a map, [N, D, ...]")]
    [InlineData("""{ "withinStep": "max" }""", "\"withinStep\": it has no effect without \"hopSeconds\"")]
    public void WhatDoesNotFitIsNamed(string json, string named)
    {
        string path = Network("patches.onnx", OnnxModel.Mean(OnnxElement.Singles, "N", 1, 96, 64), json);
        Should.Throw<OnnxModelException>(() => Create(path)).Message.ShouldContain(named);
    }

    private string Network(string name, OnnxModel model, string json)
    {
        string path = model.Save(_folder.File(name));
        File.WriteAllText(path + ".json", json);
        return path;
    }

    private static OnnxModel Same(params object[] shape) => OnnxModel.Same(shape);

    private EncoderOptions Options() => new() { CacheFolder = _folder.File("home") };

    private IAudioEncoder Create(string path) => EncoderCatalog.CreateDefault().CreateAudio($"onnx:{path}", Options());

    private static float[] Ramp(int samples) => [.. Enumerable.Range(0, samples).Select(i => (float)i)];

    // In pieces of odd lengths, as a decoder gives them.
    private static float[] Encode(IAudioEncoder encoder, float[] sound, int steps, double rate = 1)
    {
        using IAudioEncodingSession session = encoder.Start(new Rate(rate));
        for (int from = 0; from < sound.Length; from += 777)
        {
            session.Push(sound.AsSpan(from, Math.Min(777, sound.Length - from)));
        }

        return session.Complete(steps);
    }
}
