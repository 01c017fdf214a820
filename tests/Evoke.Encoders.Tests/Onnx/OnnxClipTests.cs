using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Onnx;

/// <summary>Networks of clips: several pictures around each step.</summary>
public sealed class OnnxClipTests : IDisposable
{
    private const int Side = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("start")]
    [InlineData("centre")]
    [InlineData("end")]
    public void AFlashInASecondPeaksInItsStep(string place)
    {
        // Clips of 1 s: 4 pictures at 4 Hz.
        using IVisualEncoder encoder = Create(
            OnnxModel.Mean(OnnxElement.Singles, "N", 4, 3, Side, Side), $$"""{ "frameRate": 4, "place": "{{place}}", "std": [1, 1, 1] }""");
        encoder.FramesFor(new Rate(1)).ShouldBe(new FrameSpec { Width = Side, Height = Side, Rate = 4 });

        float[] found = Encode(encoder, 4 * 8, frame => frame is 22 or 23 ? 255 : 0, 8); // 5.5 s and 5.75 s

        found.ShouldBe([0, 0, 0, 0, 0, 0.5f, 0, 0]);
    }

    [Theory]
    [InlineData("start", new[] { 8, 9, 10, 11, 12, 13 })]
    [InlineData("centre", new[] { 7, 8, 9, 10, 11, 12 })]
    [InlineData("end", new[] { 6, 7, 8, 9, 10, 11 })]
    public void AClipHasThePicturesThatThePlaceSays(string place, int[] expected)
    {
        // 6 pictures at 4 Hz: step 2 is the pictures 8 to 11.
        using IVisualEncoder encoder = Create(
            OnnxModel.Same("N", 6, 3, Side, Side), $$"""{ "frameRate": 4, "place": "{{place}}", "range": [0, 255] }""");
        float[] found = Encode(encoder, 20, frame => frame, 5);
        int clip = 6 * 3 * Side * Side;
        Enumerable.Range(0, 6).Select(i => (int)MathF.Round(found[(2 * clip) + (i * 3 * Side * Side)])).ShouldBe(expected);
    }

    [Fact]
    public void OutsideTheFilmTheFirstAndTheLastPictureStay()
    {
        using IVisualEncoder encoder = Create(OnnxModel.Same("N", 8, 3, Side, Side), """{ "frameRate": 4, "range": [0, 255] }""");
        float[] found = Encode(encoder, 8, frame => frame + 1, 4);
        const int clip = 8 * 3 * Side * Side;
        int[] Pictures(int step) => [.. Enumerable.Range(0, 8).Select(i => (int)MathF.Round(found[(step * clip) + (i * 3 * Side * Side)]))];
        Pictures(0).ShouldBe([1, 1, 1, 2, 3, 4, 5, 6]);
        Pictures(1).ShouldBe([3, 4, 5, 6, 7, 8, 8, 8]);
        Pictures(2).ShouldBe([7, 8, 8, 8, 8, 8, 8, 8]);
        Pictures(3).ShouldBe([8, 8, 8, 8, 8, 8, 8, 8]);
    }

    [Theory]
    [InlineData("NTCHW")]
    [InlineData("NCTHW")]
    [InlineData("NTHWC")]
    [InlineData("NHWTC")]
    public void TheDimensionsComeInTheNetworksOrder(string axes)
    {
        (int Width, int Height, int Frames) = (5, 4, 2);
        Dictionary<char, int> extents = new() { ['T'] = Frames, ['C'] = 3, ['H'] = Height, ['W'] = Width };
        object[] shape = ["N", .. axes[1..].Select(letter => (object)extents[letter])];
        string json = $$"""{ "axes": "{{axes}}", "frameRate": 2, "place": "start", "range": [0, 255] }""";
        using IVisualEncoder encoder = Create(OnnxModel.Same(shape), json);
        byte[][] pictures = [.. Enumerable.Range(0, 4).Select(k => Enumerable.Range(0, Width * Height * 3).Select(i => (byte)((k * 60) + i)).ToArray())];

        float[] found = Encode(encoder, pictures, 2);

        // Each number of step 1, found by its coordinates.
        int[] at = new int[4];
        int index = Width * Height * 3 * Frames;
        for (int left = index; left > 0; left--)
        {
            int Of(char letter) => at[axes[1..].IndexOf(letter, StringComparison.Ordinal)];
            found[index++].ShouldBe(pictures[2 + Of('T')][(((Of('H') * Width) + Of('W')) * 3) + Of('C')], 1e-3f);
            for (int d = 3; d >= 0 && ++at[d] == extents[axes[d + 1]]; d--)
            {
                at[d] = 0;
            }
        }
    }

    [Fact]
    public void StepsAreBatchedAndTheBatchMayBeFixed()
    {
        using IVisualEncoder free = Create(OnnxModel.Mean(OnnxElement.Singles, "N", 3, 3, Side, Side), """{ "frameRate": 3 }""");
        using IVisualEncoder two = Create(OnnxModel.Mean(OnnxElement.Singles, 2, 3, 3, Side, Side), """{ "frameRate": 3 }""");
        Encode(two, 3 * 11, frame => frame, 11).ShouldBe(Encode(free, 3 * 11, frame => frame, 11));
    }

    [Fact]
    public void AClipsIdentitySaysHowItIsCut()
    {
        using IVisualEncoder encoder = Create(OnnxModel.Mean(OnnxElement.Singles, "N", 16, 3, Side, Side), """{ "frameRate": 6.25, "std": [1, 1, 1] }""");
        encoder.Identity.Settings.ShouldBe(
            """{"kind":"clips","input":"x","output":"y","axes":"NTCHW","width":2,"height":2,"mean":[0,0,0],"std":[1,1,1],"""
            + "\"frames\":16,\"frameRate\":6.25,\"place\":\"centre\"}");
        using IVisualEncoder found = EncoderCatalog.CreateDefault().CreateVisual(
            encoder.Identity.Name, Options() with { Trained = encoder.Identity, WeightsFile = _folder.File("clips.onnx") });
        found.Identity.ShouldBe(encoder.Identity);
    }

    [Theory]
    [InlineData("""{ }""", "\"frameRate\": expected the pictures per second of a clip")]
    [InlineData("""{ "frameRate": 0 }""", "\"frameRate\": expected a number from 0.01 to 240; found 0")]
    [InlineData("""{ "frameRate": 4, "frames": 8 }""", "\"frames\": the input 'x' is float32 [any, 4, 3, 2, 2]; expected 4; found 8")]
    [InlineData("""{ "frameRate": 4, "axes": "NCTHW" }""", "expected the order NCTHW with 3 colours")]
    [InlineData("""{ "frameRate": 4, "axes": "NCHW" }""", "\"axes\": expected N and then T, C, H and W in any order; found NCHW")]
    [InlineData("""{ "kind": "pictures" }""", "expected [N, 3, height, width] or [N, height, width, 3]")]
    public void WhatDoesNotFitIsNamed(string json, string named) =>
        Should.Throw<OnnxModelException>(() => Create(OnnxModel.Mean(OnnxElement.Singles, "N", 4, 3, Side, Side), json)).Message.ShouldContain(named);

    [Fact]
    public void AClipOfAbsurdSizeIsRefused() => Should.Throw<OnnxModelException>(() => Create(
        OnnxModel.Mean(OnnxElement.Singles, "N", "frames", 3, "height", "width"), """{ "frameRate": 4, "frames": 4096, "width": 8192, "height": 8192 }"""))
        .Message.ShouldContain("one item, [4096, 3, 8192, 8192], has 824633720832 numbers; expected at most 268435456");

    private EncoderOptions Options() => new() { CacheFolder = _folder.File("home") };

    private IVisualEncoder Create(OnnxModel model, string json)
    {
        string path = model.Save(_folder.File("clips.onnx"));
        File.WriteAllText(path + ".json", json);
        return EncoderCatalog.CreateDefault().CreateVisual($"onnx:{path}", Options());
    }

    private static float[] Encode(IVisualEncoder encoder, int frames, Func<int, int> value, int steps) =>
        Encode(encoder, [.. Enumerable.Range(0, frames).Select(k => Enumerable.Repeat((byte)value(k), 3 * Side * Side).ToArray())], steps);

    // The buffer is used again, as the decoder's is.
    private static float[] Encode(IVisualEncoder encoder, byte[][] pictures, int steps)
    {
        byte[] buffer = new byte[pictures[0].Length];
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        for (int k = 0; k < pictures.Length; k++)
        {
            pictures[k].CopyTo(buffer, 0);
            session.Push(new FrameChunk(k, buffer));
        }

        return session.Complete(steps);
    }
}
