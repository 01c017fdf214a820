using Evoke.Curves;
using Evoke.Curves.Films;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Features;
using Evoke.Studio.Disk;
using Evoke.Studio.Options;
using Evoke.Studio.Predictions;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

public sealed class FilmTrackShelfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("audio-lld", true)]
    [InlineData("audio-lld+speech", true)]
    [InlineData("speech+audio-lld", false)]
    [InlineData("speech", false)]
    public void LoudnessIsKnownWhereEvokesDescriptorsComeFirst(string encoders, bool isKnown)
    {
        FeatureShelf shelf = new(new AnalysisFiles(new StudioOptions { DataFolder = _folder.Path }));
        EncoderIdentity[] parts =
        [
            .. encoders.Split('+').Select(name => name == "speech" ? new EncoderIdentity("speech", "ab") : AudioLowLevelEncoder.EncoderIdentity),
        ];
        int width = AudioLowLevelEncoder.Descriptors.Count + 2;
        float[] values = [.. Enumerable.Repeat(0.75f, 3 * width)];
        shelf.Save("0123456789abcdef", "key", new VideoFeatures
        {
            VideoId = "film",
            SourceName = "film.mp4",
            SourceBytes = 1,
            DurationSeconds = 3,
            Audio = new FeatureSequence(parts.Length == 1 ? parts[0] : EncoderIdentity.Join(parts), new Rate(1), width, values),
        });

        FilmTrack track = new FilmTrackShelf(shelf).Of("0123456789abcdef");

        track.Loudness.HasValue.ShouldBe(isKnown);
        if (isKnown)
        {
            track.Loudness!.Value.ShouldBe([-25, -25, -25]);
        }
    }
}
