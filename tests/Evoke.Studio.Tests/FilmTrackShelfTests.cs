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
    [InlineData("audio-lld", true, false)]
    [InlineData("audio-lld+speech", true, true)]
    [InlineData("speech+audio-lld", false, true)]
    [InlineData("speech", false, true)]
    public void LoudnessIsKnownWhereEvokesDescriptorsComeFirstAndSpeechAtEitherEnd(string encoders, bool isKnown, bool isSpoken)
    {
        FeatureShelf shelf = new(new AnalysisFiles(new StudioOptions { DataFolder = _folder.Path }));
        EncoderIdentity[] parts =
        [
            .. encoders.Split('+').Select(name => name == "speech" ? new EncoderIdentity("speech", "ab") : AudioLowLevelEncoder.EncoderIdentity),
        ];
        int[] widths = [.. encoders.Split('+').Select(name => name == "speech" ? 3 : AudioLowLevelEncoder.Descriptors.Count)];
        float[] speech = [0.9f, 0.5f, 3];
        float[] row = [.. encoders.Split('+').SelectMany((name, at) => name == "speech" ? speech : Enumerable.Repeat(0.75f, widths[at]))];
        (int width, float[] values) = (row.Length, [.. row, .. row, .. row]);
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

        track.Speech.HasValue.ShouldBe(isSpoken);
        if (isSpoken)
        {
            track.Speech!.Value.ShouldBe([0.5, 0.5, 0.5]);
        }
    }
}
