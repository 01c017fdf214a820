using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Tests;

public sealed class EncoderCatalogTests
{
    private sealed class Silence(EncoderRequest request) : IAudioEncoder
    {
        public EncoderRequest Request { get; } = request;

        public EncoderIdentity Identity => new(Request.Name);

        public int FeatureWidth => 1;

        public int SampleRate => 16_000;

        public IAudioEncodingSession Start(Rate rate) => throw new NotSupportedException("Never started here.");

        public void Dispose()
        {
        }
    }

    private static EncoderCatalog Sample()
    {
        EncoderCatalog catalog = new();
        catalog.Audio.Add(new EncoderEntry<IAudioEncoder>("silence", "nothing", request => new Silence(request)));
        catalog.Audio.Add(new EncoderEntry<IAudioEncoder>("onnx", "any network", request => new Silence(request), "FILE"));
        return catalog;
    }

    [Fact]
    public void ANameGivesItsEncoderWithTheOptionsAskedFor()
    {
        EncoderOptions options = new() { Precision = Precision.BFloat16 };
        using IAudioEncoder encoder = Sample().CreateAudio("silence", options);
        ((Silence)encoder).Request.ShouldBe(new EncoderRequest("silence", "", options));
    }

    [Fact]
    public void WhatFollowsTheColonReachesTheEncoder()
    {
        using IAudioEncoder encoder = Sample().CreateAudio("onnx:C:/nets/a.onnx");
        ((Silence)encoder).Request.ShouldBe(new EncoderRequest("onnx:C:/nets/a.onnx", "C:/nets/a.onnx", EncoderOptions.Default));
    }

    [Theory]
    [InlineData("sience")]
    [InlineData("silence:x")]
    [InlineData("silence:")]
    [InlineData("onnx")]
    [InlineData("onnx:")]
    [InlineData("")]
    public void AnUnknownNameListsThoseThatThereAre(string name)
    {
        EncoderCatalog catalog = Sample();
        catalog.Audio.Contains(name).ShouldBeFalse();
        string message = Should.Throw<UnknownEncoderException>(() => catalog.CreateAudio(name)).Message;
        message.ShouldBe($"There is no audio encoder '{name}'; available: silence, onnx:FILE.");
    }

    [Theory]
    [InlineData("silence")]
    [InlineData(" ")]
    [InlineData("a:b")]
    public void ANameIsTakenOnceAndHasNoColon(string name) =>
        Should.Throw<ArgumentException>(() => Sample().Audio.Add(name, "", _ => throw new NotSupportedException()));
}
