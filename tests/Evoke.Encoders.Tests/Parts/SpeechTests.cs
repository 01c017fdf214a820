using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.Parts;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Parts;

/// <summary>The speech detector: what it makes of probabilities, with a stand-in for the network, and the real one where it is.</summary>
public sealed class SpeechTests : IDisposable
{
    private const double Window = 0.032;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SpeechBeginsAtAHalfAndEndsAfterATenthOfASecond()
    {
        // Four windows of doubt and four of silence are borne; five of silence are not.
        float[] probabilities = [0, 0.4f, .. Speech(10), .. Times(0.4f, 4), .. Times(0, 4), .. Speech(5), .. Times(0, 5), .. Speech(9), 0, 0.4f];
        SpeechSegments.Find(probabilities, Window).ShouldBe([(2 * Window, 25 * Window), (30 * Window, 41 * Window)]);
    }

    [Fact]
    public void AShortCryIsNoSpeech()
    {
        SpeechSegments.Find([0, .. Speech(7), .. Times(0, 10)], Window).ShouldBeEmpty(); // 0.224 s
        SpeechSegments.Find([0, .. Speech(8), .. Times(0, 10)], Window).ShouldBe([(Window, 9 * Window)]); // 0.256 s
    }

    [Fact]
    public void AStepHasItsMeanItsShareAndItsBeginnings()
    {
        // 250 windows of 0.032 s are 8 s: speech from 1.6 s to 3.2 s and from 3.52 s to 4 s.
        float[] probabilities = [.. Times(0, 50), .. Times(1, 50), .. Times(0, 10), .. Times(1, 15), .. Times(0, 125)];
        float[] found = SpeechEncoder.ToSteps(probabilities, new Rate(1), 8);

        Column(found, 0)[2].ShouldBe(1);
        Column(found, 0)[5].ShouldBe(0);
        Column(found, 1).Select(share => Math.Round(share, 4)).ShouldBe([0, 0.4, 1, 0.68, 0, 0, 0, 0]);
        Column(found, 2).ShouldBe([0, 1, 0, 1, 0, 0, 0, 0]);
    }

    [Fact]
    public void StepsShorterThanAWindowTakeTheirs()
    {
        float[] found = SpeechEncoder.ToSteps([0, 1, 0], new Rate(1 / 0.016), 6);
        Column(found, 0).ShouldBe([0, 0, 1, 1, 0, 0]);
    }

    [Fact]
    public void SoundGoesThroughTheNetworkWindowByWindow()
    {
        using IAudioEncoder encoder = Create("speech");
        encoder.FeatureWidth.ShouldBe(3);
        encoder.SampleRate.ShouldBe(16_000);
        float[] found = Encode(encoder, Sound(), 6);

        // Loud from 2 s to 3.5 s; 62.5 windows are 2 s, and a window is loud if it or its context is.
        Column(found, 1)[..2].ShouldAllBe(share => share < 0.04f);
        Column(found, 1)[2].ShouldBe(1);
        Column(found, 1)[3].ShouldBe(0.52f, 0.04f);
        Column(found, 2).Sum().ShouldBe(1);
        Encode(encoder, Sound(), 6).ShouldBe(found);
    }

    [Fact]
    public void DescriptorsAndSpeechAreJoinedAsFilesOfFeaturesAre()
    {
        using IAudioEncoder speech = Create("speech"), both = Create("audio-lld+speech");
        using AudioLowLevelEncoder descriptors = new();
        float[] sound = Encode(descriptors, Sound(), 6), said = Encode(speech, Sound(), 6);
        int width = descriptors.FeatureWidth;

        both.FeatureWidth.ShouldBe(width + 3);
        both.Identity.Name.ShouldBe("audio-lld+speech");
        both.Identity.ShouldBe(EncoderIdentity.Join([descriptors.Identity, speech.Identity]));
        Encode(both, Sound(), 6).ShouldBe(
            [.. Enumerable.Range(0, 6).SelectMany(step => sound[(step * width)..((step + 1) * width)].Concat(said[(3 * step)..(3 * (step + 1))]))]);
        EncoderCatalog.CreateDefault().Audio.WidthOf("audio-lld+speech").ShouldBe(both.FeatureWidth);
    }

    [Fact]
    public async Task TheRealDetectorTellsFilmsWithSpeechFromThoseWithout()
    {
        string? path = SourceTree.Shared is { } shared ? Path.Combine(shared, "weights", "silero_vad_v6.onnx") : null;
        path = File.Exists(path) ? path : new WeightStore().Find("speech")?.Path;
        string? trailer = SourceTree.Clip("sintel_trailer_52s.ogv"), animation = SourceTree.Clip("bbb_480p_30s.mp4");
        Assert.SkipWhen(path is null, "Silero's detector is not here; 'evoke models pull speech' installs it.");
        Assert.SkipWhen(trailer is null || animation is null, "The clips are not beside the repository.");
        using SpeechEncoder encoder = SpeechEncoder.Load(new EncoderOptions { WeightsFile = path, CacheFolder = _folder.File("home") });
        FeatureExtractor extractor = new(null, encoder);

        float[] talking = (await extractor.ExtractAsync(trailer!, cancellationToken: TestContext.Current.CancellationToken)).Audio!.Values;
        float[] silent = (await extractor.ExtractAsync(animation!, cancellationToken: TestContext.Current.CancellationToken)).Audio!.Values;

        // "What brings you to the land of the gatekeepers?" from 12 s to 15 s, a second sentence from 18 s on; the animation has birds and music.
        Column(talking, 0)[13].ShouldBeGreaterThan(0.9f);
        Column(talking, 1)[12..15].ShouldAllBe(share => share > 0.5f);
        Column(talking, 1)[19].ShouldBeGreaterThan(0.9f);
        Column(talking, 1)[24..].ShouldAllBe(share => share == 0);
        Column(talking, 2).Select((beginnings, step) => (beginnings, step)).Where(x => x.beginnings > 0).ShouldBe([(1f, 12), (1f, 18)]);
        Column(silent, 0).ShouldAllBe(probability => probability < 0.1f);
        Column(silent, 1).Concat(Column(silent, 2)).ShouldAllBe(number => number == 0);
    }

    private static float[] Speech(int windows) => Times(0.9f, windows);

    private static float[] Times(float value, int windows) => [.. Enumerable.Repeat(value, windows)];

    private static float[] Column(float[] rows, int column) => [.. rows.Where((_, i) => i % SpeechEncoder.Width == column)];

    private static float[] Sound()
    {
        float[] sound = new float[6 * 16_000];
        sound.AsSpan(2 * 16_000, 24_000).Fill(0.8f);
        return sound;
    }

    // The loudest sample as probability of speech; with the inputs and outputs of the real one.
    private IAudioEncoder Create(string name)
    {
        OnnxModel standIn = new OnnxModel()
            .Input("input", OnnxElement.Singles, "N", "samples").Input("state", OnnxElement.Singles, 2, "N", 128).Input("sr", OnnxElement.Longs)
            .Output("output", OnnxElement.Singles, "N", 1).Output("stateN", OnnxElement.Singles, 2, "N", 128).Output("told", OnnxElement.Longs)
            .Node("ReduceMax", ["input"], "output", ("axes", new long[] { 1 }), ("keepdims", 1L))
            .Node("Identity", ["state"], "stateN").Node("Identity", ["sr"], "told");
        return EncoderCatalog.CreateDefault().CreateAudio(
            name, new EncoderOptions { WeightsFile = standIn.Save(_folder.File("stand-in.onnx")), CacheFolder = _folder.File("home") });
    }

    private static float[] Encode(IAudioEncoder encoder, float[] sound, int steps)
    {
        using IAudioEncodingSession session = encoder.Start(new Rate(1));
        for (int from = 0; from < sound.Length; from += 777)
        {
            session.Push(sound.AsSpan(from, Math.Min(777, sound.Length - from)));
        }

        return session.Complete(steps);
    }
}
