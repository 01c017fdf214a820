using System.Text.Json.Serialization;

namespace Evoke.Studio.Storage;

/// <summary>Where an analysis stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Being worked on.</summary>
    Running,

    /// <summary>Finished; its result is in the library.</summary>
    Done,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Cancelled,
}

/// <summary>What is done with a video.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobKind>))]
public enum JobKind
{
    /// <summary>Its curves by a model.</summary>
    Analysis,

    /// <summary>A small copy that browsers play.</summary>
    Preview,
}

/// <summary>Work on one video: its analysis with one model, or its preview.</summary>
public sealed record JobRecord
{
    /// <summary>Number of the job, growing.</summary>
    public required long Id { get; init; }

    /// <summary>Id of the video.</summary>
    public required string VideoId { get; init; }

    /// <summary>What is done.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>Name of the model; empty for a preview.</summary>
    public required string Model { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>What is being done: "waiting", "reading", "features", "prediction", "saving"; for a preview "preview".</summary>
    public required string Stage { get; init; }

    /// <summary>How much is done, in [0,1].</summary>
    public required double Progress { get; init; }

    /// <summary>While it runs and decodes: seconds of video done in a second, told once that means something (after 2 s); null otherwise.</summary>
    public double? Speed { get; init; }

    /// <summary>How often it was started, restarts of the server included.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When work on it last began, UTC.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Why it failed, for people; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>True once nothing more will happen to it.</summary>
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
