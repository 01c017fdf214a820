using System.Collections.Immutable;
using Evoke.Curves.Randomness;
using Evoke.Media.Synthesis;

namespace Evoke.Datasets.Demo;

/// <summary>Draws the scenes of a film. Each is drawn independently, so that time says nothing about what comes next.</summary>
internal static class DemoScenes
{
    private const int ShortestSeconds = 4;
    private const int LongestSeconds = 11;
    private const double SilentShare = 0.08;
    private const double LowestPitch = 90;
    private const double PitchOctaves = 3.2;

    private static readonly double[] s_cuts = [0, 0, 0, 0.25, 0.5, 1, 2];
    private static readonly double[] s_beats = [0, 0, 1, 2, 4];

    // The test picture is left out: its numbers would show the clock.
    private static readonly ScenePattern[] s_patterns =
        [ScenePattern.Gradients, ScenePattern.Gradients, ScenePattern.Mandelbrot, ScenePattern.Life, ScenePattern.Automaton, ScenePattern.Plain];

    /// <summary>Scenes of whole seconds that fill a film.</summary>
    public static ImmutableArray<SyntheticScene> Draw(ref CounterRandom random, int seconds)
    {
        ImmutableArray<SyntheticScene>.Builder scenes = ImmutableArray.CreateBuilder<SyntheticScene>();
        for (int left = seconds; left > 0;)
        {
            int length = ShortestSeconds + random.NextInt(LongestSeconds - ShortestSeconds + 1);
            length = left - length < ShortestSeconds ? left : length; // no scene too short at the end
            length = length > LongestSeconds ? length / 2 : length;
            scenes.Add(Draw(ref random, (double)length));
            left -= length;
        }

        return scenes.DrainToImmutable();
    }

    private static SyntheticScene Draw(ref CounterRandom random, double seconds)
    {
        ScenePattern pattern = s_patterns[random.NextInt(s_patterns.Length)];
        double motion = random.NextDouble();
        double cuts = s_cuts[random.NextInt(s_cuts.Length)];
        return new SyntheticScene
        {
            Seconds = seconds,
            Pattern = pattern,
            HueDegrees = Math.Round(random.NextDouble() * 360),
            Brightness = Rounded(0.2 + (0.6 * random.NextDouble())),
            Motion = pattern == ScenePattern.Plain ? 0 : Rounded(motion),
            CutsPerSecond = cuts,
            Loudness = random.NextDouble() < SilentShare ? 0 : Rounded(Math.Pow(10, -1.6 * random.NextDouble())), // -32 to 0 dB
            PitchHertz = Math.Round(LowestPitch * Math.Pow(2, PitchOctaves * random.NextDouble())),
            BeatsPerSecond = s_beats[random.NextInt(s_beats.Length)],
            Noise = Rounded(random.NextDouble() < 0.5 ? 0 : random.NextDouble() * 0.8),
        };
    }

    private static double Rounded(double value) => Math.Round(value, 3);
}
