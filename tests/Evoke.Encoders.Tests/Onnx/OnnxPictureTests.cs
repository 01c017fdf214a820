using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Onnx;

/// <summary>What a network of pictures may be: its types, its order, its batch, its outputs.</summary>
public sealed class OnnxPictureTests : IDisposable
{
    private const int Side = 2;
    private const string Plain = "\"range\": [0, 255]";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OnnxElement.Singles, "N", 3, Side, Side)]
    [InlineData(OnnxElement.Singles, "N", Side, Side, 3)]
    [InlineData(OnnxElement.Singles, 4, 3, Side, Side)]
    [InlineData(OnnxElement.Halves, "N", 3, Side, Side)]
    [InlineData(OnnxElement.Halves, 4, Side, Side, 3)]
    public void EveryFormOfInputGivesTheSame(OnnxElement type, params object[] shape)
    {
        using IVisualEncoder encoder = Create(OnnxModel.Mean(type, shape), $"{{ {Plain} }}");
        encoder.FeatureWidth.ShouldBe(1);
        Encode(encoder, 9).ShouldBe(Enumerable.Range(0, 9).Select(k => (10f * k) + 5.5f), 1e-4); // numbers 10 k to 10 k + 11
    }

    [Theory]
    [InlineData("cls", new float[] { 0, 1, 2, 3 })]
    [InlineData("mean", new float[] { 4, 5, 6, 7 })]
    [InlineData("mean_patches", new float[] { 6, 7, 8, 9 })]
    public void TokensArePooledByName(string pooling, float[] expected)
    {
        // [N, 12] as 3 tokens of 4 numbers; the output does not say how many.
        OnnxModel model = new OnnxModel().Input("x", OnnxElement.Singles, "N", Side, Side, 3).Output("y", OnnxElement.Singles, "N", "tokens", "width")
            .Weights("shape", [0L, 3, 4], 3).Node("Flatten", ["x"], "flat").Node("Reshape", ["flat", "shape"], "y");
        using IVisualEncoder encoder = Create(model, $$"""{ {{Plain}}, "pooling": "{{pooling}}" }""");
        encoder.FeatureWidth.ShouldBe(4);
        float[] found = Encode(encoder, 2);
        found[..4].ShouldBe(expected, 1e-4);
        found[4..].ShouldBe(expected.Select(x => x + 10), 1e-4);
        encoder.Identity.Settings.ShouldContain($"\"pooling\":\"{pooling}\"");
    }

    [Fact]
    public void TheWidthOfAnOpenOutputIsFoundByATrial()
    {
        OnnxModel model = new OnnxModel().Input("x", OnnxElement.Singles, "N", 3, Side, Side).Output("y", OnnxElement.Singles, "N", "some", "more")
            .Weights("shape", [0L, 3, 4], 3).Node("Reshape", ["x", "shape"], "y");
        using IVisualEncoder encoder = Create(model, $"{{ {Plain} }}");
        encoder.FeatureWidth.ShouldBe(12);
        Encode(encoder, 1).ShouldBe([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11], 1e-4);
    }

    [Fact]
    public void AMapIsPooledToOneNumberForEachChannelAndScaledToLength1()
    {
        using IVisualEncoder encoder = Create(OnnxModel.Same("N", 3, Side, Side), $$"""{ {{Plain}}, "pooling": "map", "l2": true }""");
        float[] found = Encode(encoder, 1);
        float[] means = [4.5f, 5.5f, 6.5f]; // red is 0, 3, 6, 9
        float length = MathF.Sqrt(means.Sum(x => x * x));
        found.Length.ShouldBe(3);
        for (int i = 0; i < 3; i++)
        {
            found[i].ShouldBe(means[i] / length, 1e-6f);
        }
    }

    [Fact]
    public void OfSeveralOutputsOneIsChosenAndOtherInputsAreFilled()
    {
        // Operators of version 21: the axes of a reduction are an input.
        OnnxModel model = new OnnxModel(opset: 21)
            .Input("x", OnnxElement.Singles, "N", 3, Side, Side).Input("scale", OnnxElement.Singles).Input("mask", OnnxElement.Booleans, "N")
            .Output("a", OnnxElement.Singles, "N", 3, Side, Side).Output("b", OnnxElement.Singles, "N").Output("c", OnnxElement.Booleans, "N")
            .Weights("axes", [1L, 2, 3], 3).Node("Mul", ["x", "scale"], "a").Node("ReduceMean", ["a", "axes"], "b", ("keepdims", 0L))
            .Node("Not", ["mask"], "c");
        string json = $$"""{ {{Plain}}, "input": "x", "output": "a", "constants": { "scale": 0.5, "mask": true } }""";
        using IVisualEncoder encoder = Create(model, json, "#b");
        Encode(encoder, 2).ShouldBe([2.75f, 7.75f], 1e-4);
    }

    [Theory]
    [InlineData("\"pooling\": \"cls\"", "the output 'y' is float32 [any, 3, 2, 2]; expected tokens, [N, tokens, D]")]
    [InlineData("\"pooling\": \"first\"", "\"pooling\": expected cls or mean or mean_patches or map; found \"first\"")]
    [InlineData("\"layout\": \"channelsLast\", \"axes\": \"NHWC\"", "it is the older name of \"axes\"")]
    [InlineData("\"axes\": \"NCWH\"", "\"axes\": expected NCHW or NHWC; found NCWH")]
    [InlineData("\"sampleRate\": 16000", "\"sampleRate\": it is for wave or spectrogram; this network takes pictures")]
    [InlineData("\"constants\": { \"y\": 1 }", "\"constants.y\": the network has no input 'y'")]
    [InlineData("\"constants\": { \"x\": \"1\" }", "\"constants.x\": expected a number, true or false; found \"1\"")]
    [InlineData("\"width\": 2, \"width\": 2", "\"width\": it is there twice")]
    public void WhatDoesNotFitIsNamed(string json, string named) =>
        Should.Throw<OnnxModelException>(() => Create(OnnxModel.Same("N", 3, Side, Side), $"{{ {json} }}")).Message.ShouldContain(named);

    [Fact]
    public void ANetworkThatMixesItemsUpIsRefused()
    {
        OnnxModel model = new OnnxModel().Input("x", OnnxElement.Singles, "N", 3, Side, Side).Output("y", OnnxElement.Singles, 1, 12)
            .Node("Flatten", ["x"], "flat").Node("ReduceMean", ["flat"], "y", ("axes", new long[] { 0 }), ("keepdims", 1L));
        using IVisualEncoder encoder = Create(model, $"{{ {Plain} }}");
        Should.Throw<OnnxModelException>(() => Encode(encoder, 2)).Message.ShouldContain("the output 'y' gave [1, 12] for 2 items");
    }

    private IVisualEncoder Create(OnnxModel model, string json, string output = "")
    {
        string path = model.Save(_folder.File("pictures.onnx"));
        File.WriteAllText(path + ".json", json);
        return EncoderCatalog.CreateDefault().CreateVisual($"onnx:{path}{output}", new EncoderOptions { CacheFolder = _folder.File("home") });
    }

    private static float[] Encode(IVisualEncoder encoder, int pictures)
    {
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        for (int k = 0; k < pictures; k++)
        {
            session.Push(new FrameChunk(k, Enumerable.Range(0, 3 * Side * Side).Select(i => (byte)((10 * k) + i)).ToArray()));
        }

        return session.Complete(pictures);
    }
}
