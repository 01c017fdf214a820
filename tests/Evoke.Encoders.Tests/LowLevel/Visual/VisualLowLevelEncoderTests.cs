using Evoke.Curves;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Tests.LowLevel.Visual;

public sealed class VisualLowLevelEncoderTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(6, 6)]
    [InlineData(4, 8)]
    [InlineData(25, 25)]
    [InlineData(0.5, 6)]
    [InlineData(1 / 0.96, 6.25)]
    public void FramesComeAtAWholeMultipleOfTheRateAndAtLeastSixTimesASecond(double rate, double frameRate)
    {
        using VisualLowLevelEncoder encoder = new();
        FrameSpec spec = encoder.FramesFor(new Rate(rate));
        spec.Rate.ShouldBe(frameRate, 1e-9);
        (spec.Width, spec.Height).ShouldBe((112, 64));
    }

    [Fact]
    public void ThereAreBetween30And64Numbers()
    {
        using VisualLowLevelEncoder encoder = new();
        encoder.FeatureWidth.ShouldBe(VisualLowLevelEncoder.Descriptors.Count);
        encoder.FeatureWidth.ShouldBeInRange(30, 64);
        encoder.Identity.ShouldBe(new EncoderIdentity("visual-lld", null, "v2"));
    }

    [Fact]
    public void ThePartialLastStepIsThePoolOfTheFramesItHas()
    {
        IEnumerable<Picture> film = [.. Enumerable.Repeat(Pictures.Plain(0, 0, 0), 6), .. Enumerable.Repeat(Pictures.Plain(1, 1, 1), 2)];
        Pictures.Rows rows = Pictures.Encode(1, film);
        rows.Count.ShouldBe(2);
        rows.Column("light.mean").ShouldBe([0f, 1f], 1e-6);
    }

    [Fact]
    public void MissingStepsRepeatTheLastAndSurplusOnesAreDropped()
    {
        using VisualLowLevelEncoder encoder = new();
        float[] two = Complete(encoder, 12, 2);
        float[] four = Complete(encoder, 12, 4);
        float[] one = Complete(encoder, 12, 1);
        int width = encoder.FeatureWidth;
        four[..(2 * width)].ShouldBe(two);
        four[(2 * width)..(3 * width)].ShouldBe(two[width..]);
        four[(3 * width)..].ShouldBe(two[width..]);
        one.ShouldBe(two[..width]);
        Complete(encoder, 0, 3).ShouldBe(new float[3 * width]);
    }

    [Fact]
    public void AnEncoderIsUsedForManyFilms()
    {
        using VisualLowLevelEncoder encoder = new();
        Complete(encoder, 30, 5).ShouldBe(Complete(encoder, 30, 5));
    }

    [Fact]
    public void AGapInTheFramesIsAnError()
    {
        using VisualLowLevelEncoder encoder = new();
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        byte[] frame = new byte[encoder.FramesFor(new Rate(1)).FrameBytes];
        session.Push(new FrameChunk(0, frame));
        Should.Throw<ArgumentException>(() => session.Push(new FrameChunk(2, frame))).Message.ShouldContain("expected frame 1, found frame 2");
    }

    [Fact]
    public void AFrameOfAnotherSizeIsAnError()
    {
        using VisualLowLevelEncoder encoder = new();
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        Should.Throw<ArgumentException>(() => session.Push(new FrameChunk(0, new byte[100]))).Message.ShouldContain("21504 bytes; found 100");
    }

    private static float[] Complete(VisualLowLevelEncoder encoder, int frames, int steps)
    {
        Picture picture = Pictures.Texture("complete");
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        for (int i = 0; i < frames; i++)
        {
            session.Push(new FrameChunk(i, picture.Moved(2 * i, 0).Frame()));
        }

        return session.Complete(steps);
    }
}
