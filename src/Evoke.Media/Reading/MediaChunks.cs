using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Reading;

/// <summary>Which frames to decode: size, rate and layout.</summary>
/// <remarks>
/// Frames are RGB, 8 bits a channel, interleaved, row by row from the top; resized to exactly this size (no crop, no bars), bicubic. With
/// <see cref="ShortSide"/> they keep the picture's proportions and are cut from its middle.
/// Immutable and thread-safe.
/// </remarks>
public readonly record struct FrameSpec
{
    /// <summary>Width in pixels of the requested frames.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels of the requested frames.</summary>
    public required int Height { get; init; }

    /// <summary>Frames per second; frame k is the picture shown at k / Rate seconds of the picture's own clock.</summary>
    public required double Rate { get; init; }

    /// <summary>
    /// The picture is resized in its own proportions, as a player shows it, so that its shorter side has this many pixels; the frame is then cut from its
    /// middle. At least <see cref="Width"/> and <see cref="Height"/>. Null to resize the whole picture to the frame.
    /// </summary>
    public int? ShortSide { get; init; }

    /// <summary>Bytes of one frame: width * height * 3.</summary>
    public int FrameBytes => Width * Height * 3;
}

/// <summary>How to read a media file.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MediaReadOptions
{
    /// <summary>Which frames to decode; null for no picture.</summary>
    public FrameSpec? Frames { get; init; }

    /// <summary>True to decode the sound to a mono float waveform at <see cref="SampleRate"/>.</summary>
    public bool Waveform { get; init; }

    /// <summary>Samples per second of the waveform.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Which sound track to decode, counted from 1; null for the one that <see cref="MediaInfo.Audio"/> chooses.</summary>
    public int? AudioTrack { get; init; }

    /// <summary>The decoder is stopped with an error if it produces no output for this long while it is waited for.</summary>
    public TimeSpan StallTimeout { get; init; } = FfmpegProcess.DefaultStallTimeout;

    /// <summary>Threads of the decoder, and of the filters after it; 0 lets ffmpeg choose.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Threads of the decoder for a file of at most <see cref="ClipSeconds"/> by its container; 0 for <see cref="Threads"/>. Where as many files are read at
    /// once as there are cores, one thread for each takes a tenth less processor time than several; but the last file then uses a single core, which is why
    /// long files keep <see cref="Threads"/>.
    /// </summary>
    public int ClipThreads { get; init; }

    /// <summary>Files up to this long, in seconds, count as clips.</summary>
    public static double ClipSeconds => 120;

    /// <summary>The threads for a file; 0 lets ffmpeg choose.</summary>
    internal int ThreadsFor(MediaInfo info) => ClipThreads > 0 && info.ToldSeconds <= ClipSeconds ? ClipThreads : Threads;

    /// <summary>Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</summary>
    public FfmpegPrograms? Programs { get; init; }
}

/// <summary>A piece of a decoded file: a frame or a stretch of sound.</summary>
/// <remarks>Immutable and thread-safe while its data are valid.</remarks>
public abstract record MediaChunk;

/// <summary>One frame.</summary>
/// <remarks>Immutable; several threads may read the pixels at once while they are valid.</remarks>
/// <param name="Index">k: the frame is the picture shown at k / rate seconds of the picture's own clock.</param>
/// <param name="Rgb">width * height * 3 bytes, interleaved RGB, top row first. Valid until the next chunk is requested: copy what must live longer.</param>
public sealed record FrameChunk(int Index, ReadOnlyMemory<byte> Rgb) : MediaChunk;

/// <summary>A stretch of the waveform: mono, in [-1,1].</summary>
/// <remarks>Immutable; several threads may read the samples at once while they are valid.</remarks>
/// <param name="StartSample">
/// Position of the first sample on the picture's clock: sample n is heard n / sample rate seconds after the first frame is shown.
/// </param>
/// <param name="Samples">The samples; stretches follow each other without gap or overlap, from sample 0. Valid until the next chunk is requested.</param>
public sealed record WaveformChunk(long StartSample, ReadOnlyMemory<float> Samples) : MediaChunk;

/// <summary>The result of a reading.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record MediaReadSummary
{
    /// <summary>Length of the whole in seconds, on the picture's clock.</summary>
    /// <remarks>
    /// The picture's length; the sound's where it goes on for more than half a second after the picture, whose last frame then stays.
    /// It determines the number of frames. See docs/media.md for the rule.
    /// </remarks>
    public required double Seconds { get; init; }

    /// <summary>
    /// Seconds of picture decoded: when the last frame ends on the picture's own clock; null if there is no picture or it was not requested.
    /// </summary>
    public double? PictureSeconds { get; init; }

    /// <summary>Seconds of sound decoded, on the picture's clock; null if there is no sound or it was not requested.</summary>
    public double? SoundSeconds { get; init; }

    /// <summary>Warnings for the user: "the file ends early, at 12.3 s of 60 s", "no sound". Empty if there are none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// ffmpeg's own error messages, which differ from run to run (addresses, output of several threads); null if there were none.
    /// </summary>
    public string? DecoderSaid { get; init; }
}
