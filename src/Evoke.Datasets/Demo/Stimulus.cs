using Evoke.Media.Synthesis;

namespace Evoke.Datasets.Demo;

/// <summary>The stimuli of a generated film at one moment. All values are in [0,1].</summary>
/// <param name="Light">How light the picture is.</param>
/// <param name="Motion">How fast it moves.</param>
/// <param name="Cuts">How fast it is cut: 1 - 2^-cuts per second.</param>
/// <param name="Detail">How rough it is: 0 for one colour, 1 for a cellular automaton.</param>
/// <param name="Loudness">How loud the sound is: 0 for silence, 1 for full scale, in decibels between.</param>
/// <param name="Pitch">How high the tone is, in octaves; 0 where there is no sound.</param>
/// <param name="Noise">Share of noise in the sound; 0 where there is no sound.</param>
/// <param name="Beat">How fast the sound beats; 0 where there is no sound.</param>
internal readonly record struct Stimulus(double Light, double Motion, double Cuts, double Detail, double Loudness, double Pitch, double Noise, double Beat)
{
    private const double QuietestDecibels = 40;

    /// <summary>Activity: motion, cuts, loudness and beat.</summary>
    public double Activity => (0.35 * Motion) + (0.2 * Cuts) + (0.3 * Loudness) + (0.15 * Beat);

    /// <summary>How pleasant it is: light, and high clear tones.</summary>
    public double Pleasure => (0.5 * Light) + (0.35 * Pitch * (1 - Noise)) + (0.15 * (1 - Noise));

    /// <summary>The stimuli of a scene, constant over the scene.</summary>
    public static Stimulus Of(SyntheticScene scene)
    {
        double loudness = scene.Loudness <= 0 ? 0 : Math.Clamp(1 + (20 * Math.Log10(scene.Loudness) / QuietestDecibels), 0, 1);
        double heard = scene.Loudness <= 0 ? 0 : 1;
        return new Stimulus(
            Light: Math.Clamp((scene.Brightness - 0.2) / 0.6, 0, 1),
            Motion: scene.Motion * Liveliness(scene.Pattern),
            Cuts: 1 - Math.Pow(2, -scene.CutsPerSecond),
            Detail: DetailOf(scene.Pattern),
            Loudness: loudness,
            Pitch: heard * Math.Clamp(Math.Log2(scene.PitchHertz / 90) / 3.2, 0, 1),
            Noise: heard * scene.Noise,
            Beat: heard * scene.BeatsPerSecond / 4);
    }

    /// <summary>How much changes from one moment to a later one: what startles.</summary>
    public double ChangeTo(Stimulus next) => Math.Clamp(
        (0.8 * Math.Abs(next.Light - Light)) + (0.9 * Math.Max(0, next.Loudness - Loudness)) + (0.5 * Math.Max(0, next.Motion - Motion))
            + (0.2 * Math.Abs(next.Detail - Detail)), 0, 1);

    /// <summary>How much is lost from one moment to a later one: light, sound and motion that go away.</summary>
    public double LossTo(Stimulus next) => Math.Clamp(
        (0.8 * Math.Max(0, Light - next.Light)) + (0.7 * Math.Max(0, Loudness - next.Loudness)) + (0.4 * Math.Max(0, Motion - next.Motion)), 0, 1);

    private static double Liveliness(ScenePattern pattern) => pattern switch
    {
        ScenePattern.Plain => 0,
        ScenePattern.Mandelbrot => 0.8,
        _ => 1,
    };

    private static double DetailOf(ScenePattern pattern) => pattern switch
    {
        ScenePattern.Plain => 0,
        ScenePattern.Gradients => 0.2,
        ScenePattern.Mandelbrot => 0.5,
        ScenePattern.TestPicture => 0.6,
        ScenePattern.Life => 0.9,
        _ => 1,
    };
}
