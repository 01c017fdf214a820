namespace Evoke.Datasets.Fetching;

/// <summary>How videos are downloaded.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VideoFetchOptions
{
    /// <summary>The environment variable that names the yt-dlp to run.</summary>
    public const string ProgramVariable = "EVOKE_YTDLP";

    /// <summary>Name or path of yt-dlp: what <see cref="ProgramVariable"/> names, else the one on the PATH.</summary>
    public string Program { get; init; } = Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } named ? named : "yt-dlp";

    /// <summary>Videos downloaded at once: 1 or more.</summary>
    public int Parallel { get; init; } = 2;

    /// <summary>The largest height of the picture in pixels.</summary>
    public int Height { get; init; } = 720;

    /// <summary>
    /// The shortest pause before a download in seconds; the actual pause is up to three times as long, so that requests are irregular. 0 for none.
    /// </summary>
    public double PauseSeconds { get; init; } = 2;

    /// <summary>
    /// How long to wait in all while the site limits requests; the count starts again when it answers. After that, the remaining videos are postponed. Zero to
    /// postpone them at once.
    /// </summary>
    public TimeSpan LimitPatience { get; init; } = TimeSpan.FromHours(3);

    /// <summary>The first wait when the site limits requests: more than zero. Each following one is twice as long, up to <see cref="LongestWait"/>.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait before the site is asked again. YouTube limits requests "for up to an hour".</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The clock of these waits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>True to try again videos that are known to be private, removed or blocked.</summary>
    public bool RetryGone { get; init; }
}
