namespace Evoke.Media.Synthesis;

/// <summary>The picture of a scene of a <see cref="SyntheticFilm"/>.</summary>
public enum ScenePattern
{
    /// <summary>Soft clouds of colour that flow into each other.</summary>
    Gradients,

    /// <summary>A zoom into the Mandelbrot set.</summary>
    Mandelbrot,

    /// <summary>Conway's game of life, with trails.</summary>
    Life,

    /// <summary>A one-dimensional cellular automaton (rule 110) that grows line by line.</summary>
    Automaton,

    /// <summary>ffmpeg's test picture: moving bars and numbers.</summary>
    TestPicture,

    /// <summary>One colour, still.</summary>
    Plain,
}

/// <summary>One scene of a <see cref="SyntheticFilm"/>: a length, a look and a sound.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SyntheticScene
{
    /// <summary>Length in seconds, above 0 and at most 86400; rounded to whole frames.</summary>
    public required double Seconds { get; init; }

    /// <summary>The picture.</summary>
    public ScenePattern Pattern { get; init; } = ScenePattern.Gradients;

    /// <summary>Hue rotation of the pattern's colours in degrees, -360 to 360.</summary>
    public double HueDegrees { get; init; }

    /// <summary>Light in [0,1]: 0 is black, 0.5 leaves the pattern as it is, 1 is white.</summary>
    public double Brightness { get; init; } = 0.5;

    /// <summary>Motion in [0,1]: 0 is still, 1 is as fast as the pattern goes.</summary>
    public double Motion { get; init; } = 0.5;

    /// <summary>
    /// Cuts per second within the scene, 0 to 30; each jumps to other colours, another part of the picture and another pattern. 0 is one shot.
    /// </summary>
    public double CutsPerSecond { get; init; }

    /// <summary>Loudness: peak amplitude of the sound in [0,1]; 0 is silence.</summary>
    public double Loudness { get; init; } = 0.2;

    /// <summary>Pitch of the tone in Hz, 20 to 8000: a fundamental with two overtones.</summary>
    public double PitchHertz { get; init; } = 220;

    /// <summary>Beats per second, 0 to 50: how often the sound swells; 0 is an even sound.</summary>
    public double BeatsPerSecond { get; init; }

    /// <summary>Share of noise in the sound in [0,1]: 0 is the tone alone, 1 noise alone.</summary>
    public double Noise { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range; the message names it.</exception>
    internal void ThrowIfOutOfRange()
    {
        ThrowIfOutside(Seconds > 0 ? Seconds : double.NaN, 0, 86_400, nameof(Seconds));
        ThrowIfOutside(HueDegrees, -360, 360, nameof(HueDegrees));
        ThrowIfOutside(Brightness, 0, 1, nameof(Brightness));
        ThrowIfOutside(Motion, 0, 1, nameof(Motion));
        ThrowIfOutside(CutsPerSecond, 0, 30, nameof(CutsPerSecond));
        ThrowIfOutside(Loudness, 0, 1, nameof(Loudness));
        ThrowIfOutside(PitchHertz, 20, 8_000, nameof(PitchHertz));
        ThrowIfOutside(BeatsPerSecond, 0, 50, nameof(BeatsPerSecond));
        ThrowIfOutside(Noise, 0, 1, nameof(Noise));
    }

    internal static void ThrowIfOutside(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} of a synthetic film must be between {least} and {most}."));
        }
    }
}
