using CsCheck;
using Evoke.Curves;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Heads.Affect;
using Evoke.Heads.Inputs;

namespace Evoke.Heads.Tests.Affect;

public sealed class AffectModelTests
{
    [Fact]
    public void TheModelSaysWhatItIs()
    {
        using AffectModel model = new();
        model.Name.ShouldBe("affect");
        model.Scheme.Names.ShouldBe(["arousal", "pace", "motion", "loudness"]);
        model.Rate.Hertz.ShouldBe(1);
        model.VisualEncoder.ShouldBe(new EncoderIdentity("visual-lld", null, "v2"));
        model.AudioEncoder.ShouldBe(new EncoderIdentity("audio-lld", null, "v1"));
    }

    [Fact]
    public void NoMotionNoCutNoSoundIsCalmAndNeutral()
    {
        Predict(Film(30)).Values.ToArray().ShouldAllBe(value => value == 0);
        Valence(Film(30)).ShouldAllBe(valence => valence == 0.5f);
    }

    [Fact]
    public void ConstantFeaturesGiveTheEquationsOfThePage()
    {
        VideoFeatures film = Film(
            120, ("motion.activity", _ => 0.5f), ("cut.rate", step => step % 4 == 2 ? 1 : 0), ("loudness.rms", _ => 0.8f), ("pitch.mean", _ => 0.5f),
            ("pitch.voiced", _ => 1));
        EmotionCurves curves = Predict(film);
        double motion = 1 - Math.Exp(-0.5 / 0.25);
        double rhythm = Math.Exp(-4 / 4.0);
        double energy = Math.Pow(10, 0.3 * (-20 + 7) / 10);
        double arousal = (motion + rhythm + energy) / 3;
        double valence = 0.5 + (0.5 * Math.Tanh(0.5 / 0.7) * Math.Sqrt(arousal));
        curves[60, 0].ShouldBe((float)arousal, 1e-4f);
        curves[60, 1].ShouldBe((float)rhythm, 1e-4f);
        curves[60, 2].ShouldBe((float)motion, 1e-4f);
        curves[60, 3].ShouldBe((float)energy, 1e-4f);
        Valence(film)[60].ShouldBe((float)valence, 1e-4f);
    }

    [Fact]
    public void AMissingModalityLeavesTheOtherItsFullWeight()
    {
        (string, Func<int, float>)[] numbers = [("motion.activity", _ => 0.5f), ("loudness.rms", _ => 0.8f)];
        double motion = 1 - Math.Exp(-0.5 / 0.25);
        double energy = Math.Pow(10, 0.3 * (-20 + 7) / 10);
        Predict(Film(20, numbers))[10, 0].ShouldBe((float)((motion + energy) / 3), 1e-5f);
        Predict(Film(20, numbers) with { SoundMissing = true })[10, 0].ShouldBe((float)(motion / 2), 1e-5f);
        Predict(Film(20, numbers) with { Audio = null })[10, 0].ShouldBe((float)(motion / 2), 1e-5f);
        Predict(Film(20, numbers) with { PictureMissing = true })[10, 0].ShouldBe((float)energy, 1e-5f);
        Predict(Film(20, numbers) with { SoundMissing = true })[10, 3].ShouldBe(0);
        Valence(Film(20, numbers) with { SoundMissing = true })[10].ShouldBe(0.5f);
    }

    [Fact]
    public void ArousalIsTheMeanOfItsParts()
        => Gen.Select(Gen.Float[0, 2].Array[40], Gen.Float[0, 1].Array[40]).Sample((motion, loudness) =>
        {
            EmotionCurves curves = Predict(Film(
                40, ("motion.activity", step => motion[step]), ("cut.rate", step => step % 5 == 0 ? 1 : 0), ("loudness.rms", step => loudness[step])));
            return Enumerable.Range(0, 40).All(step => Math.Abs(curves[step, 0] - ((curves[step, 1] + curves[step, 2] + curves[step, 3]) / 3)) < 1e-5);
        }, iter: 50);

    [Fact]
    public void ValenceAfterPitchHasItsOwnNameAndSaysWhatIsKnownOfIt()
    {
        using PitchValenceModel model = new();
        model.Name.ShouldBe("pitch-valence");
        model.Scheme.Names.ShouldBe(["valence"]);
        model.Summary.ShouldContain("against the listeners");
    }

    [Fact]
    public void OneStepIsEnough() => Predict(Film(1, ("loudness.rms", _ => 0.9f))).Grid.Count.ShouldBe(1);

    [Fact]
    public void CurvesStayWithinTheirRangeWhateverTheFeatures()
        => Gen.Select(Gen.Int[1, 80], Gen.Float[-3, 3].Array[80], Gen.Float[0, 20].Array[80]).Sample((steps, any, positive) =>
        {
            VideoFeatures film = Film(
                steps,
                ("motion.activity", step => positive[step]),
                ("cut.rate", step => MathF.Floor(positive[79 - step] / 3)),
                ("loudness.rms", step => any[step]),
                ("pitch.mean", step => any[79 - step]),
                ("pitch.voiced", step => Math.Abs(any[step]) / 3));
            return Predict(film).Values.ToArray().Concat(Valence(film)).All(value => value is >= 0 and <= 1);
        }, iter: 200);

    [Fact]
    public void MoreOfADriverNeverCalms() =>
        Gen.Select(Gen.OneOf(Gen.Const("motion.activity"), Gen.Const("loudness.rms")), Gen.Float[0, 1].Array[40], Gen.Float[0, 0.5f])
            .Sample((driver, values, more) =>
            {
                float[] before = Predict(Film(40, (driver, step => values[step]))).Column(0);
                float[] after = Predict(Film(40, (driver, step => values[step] + more))).Column(0);
                return before.Zip(after).All(pair => pair.Second >= pair.First - 1e-6f);
            }, iter: 100);

    [Fact]
    public void ValenceLiesWithinTheParabolaOfArousal()
        => Gen.Select(Gen.Float[0, 1].Array[40], Gen.Float[-1.4f, 2.6f].Array[40]).Sample((loudness, pitch) =>
        {
            AffectOptions options = new() { CurveSmoothingSeconds = 0 };
            VideoFeatures film = Film(40, ("loudness.rms", step => loudness[step]), ("pitch.mean", step => pitch[step]), ("pitch.voiced", _ => 1));
            float[] arousal = Predict(film, options).Column(0), valence = Valence(film, options);
            return Enumerable.Range(0, 40).All(step => Math.Abs((2 * valence[step]) - 1) <= Math.Sqrt(arousal[step]) + 1e-5);
        }, iter: 100);

    [Fact]
    public void OtherRatesAreAnOption()
    {
        using AffectModel model = new(new AffectOptions { Rate = new Rate(6) });
        VideoFeatures film = Film(60, 6, ("motion.activity", _ => 0.5f));
        model.Predict(film).Mean.Grid.ShouldBe(new TimeGrid(new Rate(6), 60));
        Should.Throw<IncompatibleFeaturesException>(() => Predict(film)).Message.ShouldContain("are at 6 Hz; model 'affect' takes them at 1 Hz");
    }

    [Fact]
    public void FeaturesOfOthersAreRefusedByName()
    {
        VideoFeatures film = Film(10);
        VideoFeatures other = film with { Visual = film.Visual! with { Encoder = new EncoderIdentity("swin-l", new string('a', 64)) } };
        string message = Should.Throw<IncompatibleFeaturesException>(() => Predict(other)).Message;
        message.ShouldContain("swin-l");
        message.ShouldContain("visual-lld (v2)");
        Should.Throw<IncompatibleFeaturesException>(() => Predict(film with { PictureMissing = true, SoundMissing = true })).Message.ShouldContain(
            "neither picture nor sound");
    }

    [Fact]
    public void SenselessConstantsAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new AffectModel(new AffectOptions { MotionScale = 0 })).Message.ShouldContain("MotionScale");
        Should.Throw<ArgumentOutOfRangeException>(() => new AffectModel(new AffectOptions { KaiserBeta = double.NaN }));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new AffectModel(new AffectOptions { MotionWeight = 0, RhythmWeight = 0, EnergyWeight = 0 })).Message.ShouldContain("weight");
    }

    private static EmotionCurves Predict(VideoFeatures film, AffectOptions? options = null)
    {
        using AffectModel model = new(options);
        return model.Predict(film).Mean;
    }

    private static float[] Valence(VideoFeatures film, AffectOptions? options = null)
    {
        using PitchValenceModel model = new(options);
        return model.Predict(film).Mean.Column(0);
    }

    private static VideoFeatures Film(int steps, params (string Name, Func<int, float> Value)[] numbers) => Film(steps, 1.0, numbers);

    private static VideoFeatures Film(int steps, double rate, params (string Name, Func<int, float> Value)[] numbers) => new()
    {
        VideoId = "film",
        SourceName = "film.mp4",
        SourceBytes = 1,
        DurationSeconds = steps / rate,
        Visual = Sequence(VisualLowLevelEncoder.EncoderIdentity, VisualLowLevelEncoder.Descriptors, steps, rate, numbers),
        Audio = Sequence(AudioLowLevelEncoder.EncoderIdentity, AudioLowLevelEncoder.Descriptors, steps, rate, numbers),
    };

    private static FeatureSequence Sequence(
        EncoderIdentity encoder, DescriptorTable table, int steps, double rate, (string Name, Func<int, float> Value)[] numbers)
    {
        float[] values = new float[steps * table.Count];
        foreach ((string name, Func<int, float> value) in numbers.Where(number => table.Any(d => d.Name == number.Name)))
        {
            for (int step = 0; step < steps; step++)
            {
                values[(step * table.Count) + table.IndexOf(name)] = value(step);
            }
        }

        return new FeatureSequence(encoder, new Rate(rate), table.Count, values);
    }
}
