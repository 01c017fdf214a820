using Evoke.Files;

namespace Evoke.Heads;

/// <summary>How a video that comes as a stream is called and kept while it is read. Immutable and thread-safe.</summary>
/// <param name="Name">Its name: in messages, and as the source of the prediction. Its id is the name without extension.</param>
public sealed record StreamedVideo(string Name)
{
    /// <summary>A stream of more bytes than this is an error.</summary>
    public long MostBytes { get; init; } = SpooledFile.UsualMostBytes;

    /// <summary>The folder of the temporary file; null for the user's own in the system's folder for temporary files.</summary>
    public string? Folder { get; init; }
}

/// <summary>A video that came as a stream cannot be read; the message is that of the cause, with the stream's name.</summary>
public sealed class StreamedVideoException : EvokeException
{
    internal StreamedVideoException(string message, EvokeException cause)
        : base(message, cause) => EndsRun = cause.EndsRun;

    /// <inheritdoc/>
    public override bool EndsRun { get; }
}
