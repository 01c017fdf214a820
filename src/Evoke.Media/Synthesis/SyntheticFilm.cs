using System.Collections.Immutable;
using Evoke.Files;
using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Synthesis;

/// <summary>A generated film with sound: scenes that differ in light, motion, cuts, loudness and pitch, from ffmpeg's own sources.</summary>
/// <remarks>The same description gives the same pictures and sounds on the same ffmpeg. Immutable and thread-safe.</remarks>
public sealed record SyntheticFilm
{
    /// <summary>The scenes, in order; at least one.</summary>
    public required ImmutableArray<SyntheticScene> Scenes { get; init; }

    /// <summary>Width in pixels: even, 16 to 4096.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Height in pixels: even, 16 to 4096.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Frames per second, 1 to 120.</summary>
    public int FrameRate { get; init; } = 24;

    /// <summary>Samples of sound per second, mono: 8000 to 96000.</summary>
    public int SampleRate { get; init; } = 48_000;

    /// <summary>A one-minute example that goes from a quiet dawn through a chase to rest.</summary>
    public static SyntheticFilm Demo { get; } = new()
    {
        Scenes =
        [
            new SyntheticScene { Seconds = 9, Pattern = ScenePattern.Gradients, HueDegrees = 250, Brightness = 0.38, Motion = 0.1, Loudness = 0.05,
                PitchHertz = 110 },
            new SyntheticScene { Seconds = 8, Pattern = ScenePattern.Mandelbrot, HueDegrees = 0, Motion = 0.35, Loudness = 0.15, PitchHertz = 220,
                BeatsPerSecond = 1 },
            new SyntheticScene { Seconds = 8, Pattern = ScenePattern.Gradients, HueDegrees = 40, Brightness = 0.6, Motion = 0.5, Loudness = 0.3,
                PitchHertz = 440, BeatsPerSecond = 2 },
            new SyntheticScene { Seconds = 10, Pattern = ScenePattern.Life, HueDegrees = 10, Motion = 0.9, CutsPerSecond = 2, Loudness = 0.8,
                PitchHertz = 330, BeatsPerSecond = 4, Noise = 0.3 },
            new SyntheticScene { Seconds = 4, Pattern = ScenePattern.Plain, HueDegrees = 220, Brightness = 0.1, Motion = 0, Loudness = 0 },
            new SyntheticScene { Seconds = 7, Pattern = ScenePattern.Automaton, HueDegrees = 300, Brightness = 0.4, Motion = 0.6, CutsPerSecond = 0.6,
                Loudness = 0.5, PitchHertz = 98, BeatsPerSecond = 3, Noise = 0.5 },
            new SyntheticScene { Seconds = 6, Pattern = ScenePattern.Gradients, HueDegrees = 90, Brightness = 0.7, Motion = 0.7, CutsPerSecond = 1,
                Loudness = 0.6, PitchHertz = 660, BeatsPerSecond = 2 },
            new SyntheticScene { Seconds = 8, Pattern = ScenePattern.Gradients, HueDegrees = 200, Brightness = 0.5, Motion = 0.05, Loudness = 0.08,
                PitchHertz = 262 },
        ],
    };

    /// <summary>Length in seconds: each scene is a whole number of frames.</summary>
    public double Seconds => Scenes.Sum(FramesOf) / (double)FrameRate;

    /// <summary>Writes the film as MP4 (H.264, AAC).</summary>
    /// <param name="path">The file to write; an existing file is replaced once the new one is complete.</param>
    /// <param name="programs">Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</param>
    /// <param name="cancellationToken">Stops ffmpeg at once and leaves no file.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the film or of a scene is out of range.</exception>
    /// <exception cref="MediaEncoderMissingException">This ffmpeg was built without the H.264 or AAC encoder.</exception>
    /// <exception cref="MediaException">ffmpeg is missing or failed.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public async Task WriteAsync(string path, FfmpegPrograms? programs = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ThrowIfOutOfRange();
        await AtomicFile.WriteWithAsync(path, async unfinished =>
        {
            (_, ProgramEnding ending) = await FfmpegProcess.RunAsync(
                (programs ?? FfmpegPrograms.FromEnvironment()).Ffmpeg,
                SyntheticFilmCommand.For(this, unfinished),
                path,
                FfmpegProcess.DefaultStallTimeout,
                limit: 64 * 1024 * 1024,
                cancellationToken).ConfigureAwait(false);
            if (ending.ExitCode != 0)
            {
                throw EncodingFailure.Of(path, ending, path);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>How many frames a scene has: at least one.</summary>
    internal int FramesOf(SyntheticScene scene) => Math.Max(1, (int)Math.Round(scene.Seconds * FrameRate));

    private void ThrowIfOutOfRange()
    {
        if (Scenes.IsDefaultOrEmpty)
        {
            throw new ArgumentOutOfRangeException(nameof(Scenes), "A film must have at least one scene; found none.");
        }

        SyntheticScene.ThrowIfOutside(Width % 2 == 0 ? Width : double.NaN, 16, 4096, "Width (an even number)");
        SyntheticScene.ThrowIfOutside(Height % 2 == 0 ? Height : double.NaN, 16, 4096, "Height (an even number)");
        SyntheticScene.ThrowIfOutside(FrameRate, 1, 120, nameof(FrameRate));
        SyntheticScene.ThrowIfOutside(SampleRate, 8_000, 96_000, nameof(SampleRate));
        foreach (SyntheticScene scene in Scenes)
        {
            scene.ThrowIfOutOfRange();
        }
    }
}
