using System.Collections.Immutable;

namespace Evoke.Media;

/// <summary>What moves in a scene of a <see cref="SyntheticFilm"/>.</summary>
public enum ScenePattern
{
    /// <summary>Slow coloured gradients.</summary>
    Gradients,

    /// <summary>A zoom into the Mandelbrot set.</summary>
    Mandelbrot,

    /// <summary>Conway's game of life, with trails.</summary>
    Life,

    /// <summary>A one-dimensional cellular automaton that scrolls.</summary>
    Automaton,

    /// <summary>Moving bars and numbers: ffmpeg's test picture.</summary>
    TestPicture,

    /// <summary>One colour, still.</summary>
    Plain,
}

/// <summary>One scene of a <see cref="SyntheticFilm"/>: a length, a look and a sound.</summary>
public sealed record SyntheticScene
{
    /// <summary>Length in seconds, above 0.</summary>
    public required double Seconds { get; init; }

    /// <summary>What is seen.</summary>
    public ScenePattern Pattern { get; init; } = ScenePattern.Gradients;

    /// <summary>Hue of the scene in degrees, 0 (red) to 360.</summary>
    public double HueDegrees { get; init; }

    /// <summary>Light: 0 is black, 0.5 leaves the pattern as it is, 1 is white.</summary>
    public double Brightness { get; init; } = 0.5;

    /// <summary>Motion: 0 is still, 1 is as fast as the pattern goes.</summary>
    public double Motion { get; init; } = 0.5;

    /// <summary>Cuts per second within the scene; each cut jumps to another hue and another part of the pattern. 0 is one shot.</summary>
    public double CutsPerSecond { get; init; }

    /// <summary>Loudness: peak amplitude of the sound in [0,1]; 0 is silence.</summary>
    public double Loudness { get; init; } = 0.2;

    /// <summary>Pitch of the tone in Hz.</summary>
    public double PitchHertz { get; init; } = 220;

    /// <summary>Beats per second: how often the tone swells; 0 is an even tone.</summary>
    public double BeatsPerSecond { get; init; }

    /// <summary>Share of noise in the sound, 0 (tone alone) to 1 (noise alone).</summary>
    public double Noise { get; init; }
}

/// <summary>A film with sound that is made, not shot: scenes that differ in light, motion, cuts, loudness and pitch, from ffmpeg's own sources.</summary>
/// <remarks>The same description gives the same pictures and sounds on the same ffmpeg.</remarks>
public sealed record SyntheticFilm
{
    /// <summary>The scenes, in order; at least one.</summary>
    public required ImmutableArray<SyntheticScene> Scenes { get; init; }

    /// <summary>Width in pixels: even.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Height in pixels: even.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Frames per second.</summary>
    public int FrameRate { get; init; } = 24;

    /// <summary>Samples of sound per second, mono.</summary>
    public int SampleRate { get; init; } = 48_000;

    /// <summary>Writes the film as MP4 (H.264, AAC).</summary>
    /// <param name="path">Where to; an existing file is replaced once the new one is complete.</param>
    /// <param name="programs">Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</param>
    /// <param name="cancellationToken">Ends ffmpeg at once and leaves no file.</param>
    /// <exception cref="ArgumentException">A scene's number is out of its range.</exception>
    /// <exception cref="MediaException">ffmpeg is missing, failed, or lacks an encoder.</exception>
    public Task WriteAsync(string path, FfmpegPrograms? programs = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{path} {programs} {cancellationToken}");
}
