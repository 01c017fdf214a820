using Evoke.Curves;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Extraction;

public sealed class FeatureExtractorTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mp4", 1)]
    [InlineData("mkv", 1)]
    [InlineData("ts", 1)]
    [InlineData("mp4", 2)]
    public async Task FlashesAndBeepsPeakInTheirStepsAndNowhereElse(string extension, double rate)
    {
        double[] at = [2, 5, 9];
        string film = await TestFilms.FlashesAndBeepsAsync(12, at, extension);
        VideoFeatures features = await ExtractAsync(film, rate);

        int[] steps = [.. at.Select(t => (int)(t * rate))];
        features.DurationSeconds.ShouldBe(12, 0.002); // Matroska rounds times to a millisecond
        features.Visual!.Steps.ShouldBe(TimeGrid.ForDuration(features.DurationSeconds, new Rate(rate)).Count);
        Peaks(Visual(features, "light.mean"), 0.05f).ShouldBe(steps);
        Peaks(Audio(features, "loudness.perceived"), 0.05f).ShouldBe(steps);
        Peaks(Audio(features, "onset.rate"), 0.5f).ShouldBe(steps);
        Audio(features, "pitch.voiced").Max().ShouldBeGreaterThan(0.1f);
    }

    [Theory]
    [InlineData("tears_of_steel_battle_70s.webm", 71)]
    [InlineData("sintel_trailer_52s.ogv", 53)]
    [InlineData("bbb_480p_30s.mp4", 30)]
    public async Task RealClipsHaveOneRowPerSecondBegun(string clip, int seconds)
    {
        if (SourceTree.Shared is not { } shared || Path.Combine(shared, "videos", clip) is var path && !File.Exists(path))
        {
            Assert.Skip($"The clip {clip} is not beside the repository.");
            return;
        }

        foreach (double rate in clip.StartsWith("bbb", StringComparison.Ordinal) ? new[] { 1.0, 6.0 } : [1.0])
        {
            VideoFeatures features = await ExtractAsync(path, rate);
            int expected = TimeGrid.ForDuration(features.DurationSeconds, new Rate(rate)).Count;
            ((int)Math.Ceiling(features.DurationSeconds - 1e-5)).ShouldBe(seconds);
            features.Visual!.Steps.ShouldBe(expected);
            features.Audio!.Steps.ShouldBe(expected);
            features.Visual.Values.ShouldAllBe(value => float.IsFinite(value));
            features.Audio.Values.ShouldAllBe(value => float.IsFinite(value));
            features.SourceBytes.ShouldBe(new FileInfo(path).Length);
            features.VideoId.ShouldBe(Path.GetFileNameWithoutExtension(clip));
        }
    }

    [Fact]
    public async Task AMissingModalityIsZerosAndFlagged()
    {
        string silent = await TestFilms.MakeAsync(
            "silent.mp4", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2.5", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p");
        VideoFeatures features = await ExtractAsync(silent, 1);
        (features.PictureMissing, features.SoundMissing).ShouldBe((false, true));
        features.Audio!.Steps.ShouldBe(3);
        features.Audio.Values.ShouldAllBe(value => value == 0);
        features.Visual!.Values.ShouldContain(value => value != 0);

        string sound = await TestFilms.MakeAsync("sound.wav", "-f", "lavfi", "-i", "sine=frequency=440:duration=3.2");
        features = await ExtractAsync(sound, 1);
        (features.PictureMissing, features.SoundMissing).ShouldBe((true, false));
        features.Visual!.Steps.ShouldBe(4);
        features.Visual.Values.ShouldAllBe(value => value == 0);
        Audio(features, "pitch.mean")[1].ShouldBe((float)Math.Log2(440 / 160.0), 0.02f);
        features.DurationSeconds.ShouldBe(3.2, 0.01);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(3, 10)]
    public async Task AFilmShorterThanAStepHasOneStep(int frames, int frameRate)
    {
        string film = await TestFilms.MakeAsync(
            FormattableString.Invariant($"short{frames}.mp4"), "-f", "lavfi", "-i", FormattableString.Invariant($"testsrc=size=160x120:rate={frameRate}"),
            "-frames:v", FormattableString.Invariant($"{frames}"), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p");
        VideoFeatures features = await ExtractAsync(film, 1);
        features.Visual!.Steps.ShouldBe(1);
        Visual(features, "light.mean")[0].ShouldBeGreaterThan(0.2f);
    }

    [Fact]
    public async Task OneEncoderAloneDecodesOnlyItsModality()
    {
        string film = await TestFilms.FlashesAndBeepsAsync(12, [2, 5, 9]);
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        VideoFeatures picture = await new FeatureExtractor(eye, null).ExtractAsync(film, cancellationToken: None);
        VideoFeatures sound = await new FeatureExtractor(null, ear).ExtractAsync(film, cancellationToken: None);
        VideoFeatures both = await new FeatureExtractor(eye, ear).ExtractAsync(film, cancellationToken: None);
        (picture.Audio, sound.Visual).ShouldBe((null, null));
        picture.Visual!.Values.ShouldBe(both.Visual!.Values);
        sound.Audio!.Values.ShouldBe(both.Audio!.Values);
        (picture.SoundMissing, sound.PictureMissing).ShouldBe((false, false));
        sound.DurationSeconds.ShouldBe(both.DurationSeconds, 1e-3);
    }

    [Fact]
    public async Task NothingForTheEncoderIsAnError()
    {
        string sound = await TestFilms.MakeAsync("sound.wav", "-f", "lavfi", "-i", "sine=frequency=440:duration=3.2");
        using VisualLowLevelEncoder eye = new();
        NothingToEncodeException error = await Should.ThrowAsync<NothingToEncodeException>(
            () => new FeatureExtractor(eye, null).ExtractAsync(sound, cancellationToken: None));
        error.Message.ShouldBe($"{sound}: it has only sound, but a picture was requested.");
    }

    [Fact]
    public async Task ANumberThatIsNotFiniteIsAnErrorOfItsVideo()
    {
        string film = await TestFilms.FlashesAndBeepsAsync(12, [2, 5, 9]);
        using VisualLowLevelEncoder eye = new();
        int width = eye.FeatureWidth;
        using Overflowing overflowing = new(eye, (3 * width) + 2);

        NonFiniteFeaturesException error = await Should.ThrowAsync<NonFiniteFeaturesException>(
            () => new FeatureExtractor(overflowing, null).ExtractAsync(film, cancellationToken: None));

        error.Message.ShouldBe($"{film}: expected finite features of the encoder '{eye.Identity}', found Infinity in feature 2 at 3 s.");
        error.EndsRun.ShouldBeFalse("another video may be encoded well");
    }

    [Fact]
    public async Task ProgressGoesForwardToTheEnd()
    {
        string film = await TestFilms.FlashesAndBeepsAsync(12, [2, 5, 9]);
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        Recorder<ExtractionProgress> progress = new();
        await new FeatureExtractor(eye, ear).ExtractAsync(film, "id", progress, None);
        double[] seconds = [.. progress.Reports.Select(report => report.SecondsDone)];
        seconds.ShouldBe(seconds.Order());
        seconds[^1].ShouldBeGreaterThan(10);
        seconds.Length.ShouldBeInRange(5, 20);
        progress.Reports.ShouldAllBe(report => Math.Abs(report.SecondsTotal!.Value - 12) < 0.1);
    }

    [Fact]
    public async Task CancellingEndsTheExtraction()
    {
        string film = await TestFilms.FlashesAndBeepsAsync(12, [2, 5, 9]);
        using CancellationTokenSource source = new();
        using VisualLowLevelEncoder eye = new();
        Recorder<ExtractionProgress> progress = new(report => source.Cancel());
        await Should.ThrowAsync<OperationCanceledException>(() => new FeatureExtractor(eye, null).ExtractAsync(film, null, progress, source.Token));
    }

    [Fact]
    public void AnExtractionNeedsAnEncoder() => Should.Throw<ArgumentException>(() => new FeatureExtractor(null, null));

    private static async Task<VideoFeatures> ExtractAsync(string path, double rate)
    {
        using VisualLowLevelEncoder eye = new();
        using AudioLowLevelEncoder ear = new();
        return await new FeatureExtractor(eye, ear, new ExtractionOptions { Rate = new Rate(rate) }).ExtractAsync(path, cancellationToken: None);
    }

    private static float[] Visual(VideoFeatures features, string name) => Column(features.Visual!, VisualLowLevelEncoder.Descriptors.IndexOf(name));

    private static float[] Audio(VideoFeatures features, string name) => Column(features.Audio!, AudioLowLevelEncoder.Descriptors.IndexOf(name));

    private static float[] Column(FeatureSequence features, int column) => [.. Enumerable.Range(0, features.Steps).Select(step => features.Row(step)[column])];

    private static int[] Peaks(float[] values, float above) => [.. Enumerable.Range(0, values.Length).Where(step => values[step] > above)];

    /// <summary>The same encoder, but one of its numbers is infinite, as when a network overflows.</summary>
    private sealed class Overflowing(IVisualEncoder inner, int at) : IVisualEncoder
    {
        public EncoderIdentity Identity => inner.Identity;

        public int FeatureWidth => inner.FeatureWidth;

        public FrameSpec FramesFor(Rate rate) => inner.FramesFor(rate);

        public IVisualEncodingSession Start(Rate rate) => new Session(inner.Start(rate), at);

        public void Dispose()
        {
            // The inner encoder is its owner's.
        }

        private sealed class Session(IVisualEncodingSession inner, int at) : IVisualEncodingSession
        {
            public void Push(FrameChunk frame) => inner.Push(frame);

            public float[] Complete(int steps)
            {
                float[] values = inner.Complete(steps);
                values[at] = float.PositiveInfinity;
                return values;
            }

            public void Dispose() => inner.Dispose();
        }
    }
}

/// <summary>Records all reports in order.</summary>
internal sealed class Recorder<T>(Action<T>? also = null) : IProgress<T>
{
    public List<T> Reports { get; } = [];

    public void Report(T value)
    {
        Reports.Add(value);
        also?.Invoke(value);
    }
}
