using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Affect;

namespace Evoke.Heads.Tests.Affect;

/// <summary>Films in which one driver at a time changes: the model must react as the paper says.</summary>
public sealed class AffectFilmTests
{
    private static readonly Half Calm = new(Motion: 0, CutsPerSecond: 0, Amplitude: 0.02, PitchHertz: 160);

    [Fact]
    public async Task FastCutsWithLoudSoundExciteAndAStillQuietSceneCalms()
    {
        Curves curves = await PredictAsync(Calm, new Half(Motion: 0.3, CutsPerSecond: 1.5, Amplitude: 0.5, PitchHertz: 160));
        curves.Arousal.First.ShouldBeLessThan(0.2f);
        curves.Arousal.Second.ShouldBeGreaterThan(0.6f);
    }

    [Fact]
    public async Task MotionAloneExcites()
    {
        Curves curves = await PredictAsync(Calm, Calm with { Motion = 0.3 });
        curves.Arousal.Rise.ShouldBeInRange(0.12f, 0.34f); // a third of arousal, not all of it
        Math.Abs(curves.Valence.Rise).ShouldBeLessThan(0.03f);
    }

    [Fact]
    public async Task CutsAloneExcite()
    {
        Curves curves = await PredictAsync(Calm, Calm with { CutsPerSecond = 1 });
        curves.Arousal.Rise.ShouldBeInRange(0.12f, 0.34f);
        Math.Abs(curves.Valence.Rise).ShouldBeLessThan(0.03f);
    }

    [Fact]
    public async Task FasterCutsExciteMore()
    {
        Curves slow = await PredictAsync(Calm, Calm with { CutsPerSecond = 0.25 });
        Curves fast = await PredictAsync(Calm, Calm with { CutsPerSecond = 1 });
        fast.Arousal.Second.ShouldBeGreaterThan(slow.Arousal.Second + 0.05f);
    }

    [Fact]
    public async Task LoudnessAloneExcites()
    {
        Curves curves = await PredictAsync(Calm, Calm with { Amplitude = 0.5 });
        curves.Arousal.Rise.ShouldBeInRange(0.12f, 0.34f);
        Math.Abs(curves.Valence.Rise).ShouldBeLessThan(0.03f);
    }

    [Theory]
    [InlineData(320, 1)]
    [InlineData(90, -1)]
    public async Task PitchAloneMovesValenceAndHardlyArousal(double hertz, int direction)
    {
        Half awake = Calm with { Amplitude = 0.3, Motion = 0.2 };
        Curves curves = await PredictAsync(awake, awake with { PitchHertz = hertz });
        (direction * curves.Valence.Rise).ShouldBeGreaterThan(0.15f);
        Math.Abs(curves.Arousal.Rise).ShouldBeLessThan(0.02f);
        curves.Valence.First.ShouldBe(0.5f, 0.03f);
    }

    [Fact]
    public async Task TheSizeOfValenceComesFromArousal()
    {
        Half high = Calm with { PitchHertz = 320 };
        Curves curves = await PredictAsync(high, high with { Amplitude = 0.5, Motion = 0.3, CutsPerSecond = 1 });
        curves.Valence.First.ShouldBeGreaterThan(0.5f);
        curves.Valence.Second.ShouldBeGreaterThan(curves.Valence.First + 0.1f);
    }

    private static async Task<Curves> PredictAsync(Half first, Half second)
    {
        VideoFeatures features = await AffectFilms.ExtractAsync(first, second, TestContext.Current.CancellationToken);
        using AffectModel model = new();
        using PitchValenceModel pitch = new();
        EmotionCurves curves = model.Predict(features).Mean;
        curves.Grid.ShouldBe(new TimeGrid(new Rate(1), 2 * AffectFilms.HalfSeconds));
        curves.Values.ToArray().ShouldAllBe(value => value >= 0 && value <= 1);
        return new Curves(Halves.Of(curves.Column(0)), Halves.Of(pitch.Predict(features).Mean.Column(0)));
    }

    private sealed record Curves(Halves Arousal, Halves Valence);

    /// <summary>Mean of each half, away from the change and its smoothing.</summary>
    private sealed record Halves(float First, float Second)
    {
        public float Rise => Second - First;

        public static Halves Of(float[] curve) => new(curve[..10].Average(), curve[^10..].Average());
    }
}
