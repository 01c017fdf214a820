using Evoke.Media.Synthesis;

namespace Evoke.Cli.Demo;

/// <summary>The demo's film: one minute in seven scenes that differ in light, motion, cuts, loudness and pitch.</summary>
internal static class SampleFilm
{
    public static SyntheticFilm Film { get; } = new()
    {
        Scenes =
        [
            // A calm opening.
            new SyntheticScene
            {
                Seconds = 9,
                Pattern = ScenePattern.Gradients,
                HueDegrees = 210,
                Brightness = 0.4,
                Motion = 0.1,
                Loudness = 0.05,
                PitchHertz = 140,
            },

            // It brightens: a high, gentle tune.
            new SyntheticScene
            {
                Seconds = 9,
                Pattern = ScenePattern.Mandelbrot,
                HueDegrees = 50,
                Brightness = 0.65,
                Motion = 0.5,
                Loudness = 0.25,
                PitchHertz = 400,
                BeatsPerSecond = 1,
            },

            // A chase: two cuts a second, loud and noisy.
            new SyntheticScene
            {
                Seconds = 10,
                Pattern = ScenePattern.TestPicture,
                HueDegrees = 0,
                Motion = 1,
                CutsPerSecond = 2,
                Loudness = 0.9,
                PitchHertz = 170,
                BeatsPerSecond = 4,
                Noise = 0.4,
            },

            // The chase ends: darkness, then silence.
            new SyntheticScene { Seconds = 6, Pattern = ScenePattern.Plain, HueDegrees = 230, Brightness = 0.1, Motion = 0, Loudness = 0.3, PitchHertz = 80 },
            new SyntheticScene { Seconds = 6, Pattern = ScenePattern.Plain, HueDegrees = 230, Brightness = 0.05, Motion = 0, Loudness = 0 },

            // Joy: quick pictures and a high, rhythmic tune.
            new SyntheticScene
            {
                Seconds = 11,
                Pattern = ScenePattern.Life,
                HueDegrees = 110,
                Brightness = 0.6,
                Motion = 0.8,
                CutsPerSecond = 1,
                Loudness = 0.6,
                PitchHertz = 480,
                BeatsPerSecond = 3,
            },

            // A calm ending.
            new SyntheticScene
            {
                Seconds = 9,
                Pattern = ScenePattern.Gradients,
                HueDegrees = 30,
                Brightness = 0.55,
                Motion = 0.2,
                Loudness = 0.1,
                PitchHertz = 260,
            },
        ],
    };
}
