using Evoke.Encoders.Extraction;

namespace Evoke.Encoders.Tests.Extraction;

public sealed class VideosAtOnceTests
{
    [Fact]
    public void NoMoreThanFourAndNoMoreThanThereAreCoresAreUsual()
    {
        VideosAtOnce.Usual.ShouldBeInRange(1, 4);
        VideosAtOnce.Usual.ShouldBeLessThanOrEqualTo(Environment.ProcessorCount);
    }

    [Fact]
    public void OneAloneIsDecodedAsItWas()
    {
        ExtractionOptions options = new() { AudioTrack = 2, DecoderThreads = 3 };
        VideosAtOnce.Sharing(options, 1).ShouldBe(options);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void SeveralShareTheCores(int atOnce)
    {
        ExtractionOptions options = new() { AudioTrack = 2, DecoderThreads = 3 };
        ExtractionOptions shared = VideosAtOnce.Sharing(options, atOnce);
        shared.ClipThreads.ShouldBeGreaterThanOrEqualTo(1);
        (shared.ClipThreads == 1 || shared.ClipThreads * atOnce <= Environment.ProcessorCount).ShouldBeTrue();
        (shared with { ClipThreads = 0 }).ShouldBe(options, "long videos are decoded as they were");
    }

    [Fact]
    public void FewerThanOneIsAnError()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => VideosAtOnce.Sharing(new ExtractionOptions(), 0));
        Should.Throw<ArgumentNullException>(() => VideosAtOnce.Sharing(null!, 1));
    }
}
