namespace Evoke.Media.Ffmpeg;

/// <summary>Which <c>ffmpeg</c> and <c>ffprobe</c> are run.</summary>
/// <remarks>A name without a folder is looked for on the PATH; a path is used as it is. Immutable and thread-safe.</remarks>
public sealed record FfmpegPrograms
{
    /// <summary>The environment variable that names the ffmpeg to run.</summary>
    public const string FfmpegVariable = "EVOKE_FFMPEG";

    /// <summary>The environment variable that names the ffprobe to run; without it, the ffprobe beside <see cref="FfmpegVariable"/>'s ffmpeg.</summary>
    public const string FfprobeVariable = "EVOKE_FFPROBE";

    /// <summary>Name or path of ffmpeg.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>Name or path of ffprobe.</summary>
    public string Ffprobe { get; init; } = "ffprobe";

    /// <summary>The programs that the environment names (<see cref="FfmpegVariable"/>, <see cref="FfprobeVariable"/>), else those on the PATH.</summary>
    public static FfmpegPrograms FromEnvironment()
    {
        FfmpegPrograms onPath = new();
        string ffmpeg = Environment.GetEnvironmentVariable(FfmpegVariable) is { Length: > 0 } named ? named : onPath.Ffmpeg;
        string ffprobe = Environment.GetEnvironmentVariable(FfprobeVariable) is { Length: > 0 } other ? other : Beside(ffmpeg) ?? onPath.Ffprobe;
        return new FfmpegPrograms { Ffmpeg = ffmpeg, Ffprobe = ffprobe };
    }

    private static string? Beside(string ffmpeg)
    {
        string? folder = Path.GetDirectoryName(ffmpeg);
        if (string.IsNullOrEmpty(folder))
        {
            return null;
        }

        string sibling = Path.Combine(folder, Path.GetFileName(ffmpeg).Replace("ffmpeg", "ffprobe", StringComparison.Ordinal));
        return sibling != ffmpeg && File.Exists(sibling) ? sibling : null;
    }
}
