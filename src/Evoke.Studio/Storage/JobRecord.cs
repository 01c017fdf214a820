using System.Text.Json.Serialization;

namespace Evoke.Studio.Storage;

/// <summary>The state of a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
internal enum JobState
{
    /// <summary>Waiting.</summary>
    Queued,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Finished; its result is in the library.</summary>
    Done,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Cancelled by a user.</summary>
    Cancelled,
}

/// <summary>The kind of a job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobKind>))]
internal enum JobKind
{
    /// <summary>Predict curves with a model.</summary>
    Analysis,

    /// <summary>Make a small copy for playback in browsers.</summary>
    Preview,
}

/// <summary>A job for one video: an analysis with one model, or a preview.</summary>
internal sealed record JobRecord
{
    /// <summary>Number of the job; numbers increase.</summary>
    public required long Id { get; init; }

    /// <summary>Id of the video.</summary>
    public required string VideoId { get; init; }

    /// <summary>The kind of the job.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>Name of the model; empty for a preview.</summary>
    public required string Model { get; init; }

    /// <summary>The state of the job.</summary>
    public required JobState State { get; init; }

    /// <summary>The current stage: "waiting", "reading", "features", "prediction", "saving"; for a preview "preview"; "waiting for disk space" while the
    /// disk is full.</summary>
    public required string Stage { get; init; }

    /// <summary>Completed fraction, in [0,1].</summary>
    public required double Progress { get; init; }

    /// <summary>Seconds of video processed per second, while the job decodes and after the first 2 s; null otherwise.</summary>
    public double? Speed { get; init; }

    /// <summary>How often it was started, including restarts of the server.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was queued, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was last started, UTC.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Why it failed, as a message for users; null if it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>True if it has ended.</summary>
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
