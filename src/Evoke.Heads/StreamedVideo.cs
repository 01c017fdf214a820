using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Heads;

/// <summary>How a video that comes as a stream is called and kept while it is read. Immutable and thread-safe.</summary>
/// <param name="Name">Its name: in messages, and as the source of the prediction.</param>
public sealed record StreamedVideo(string Name)
{
    /// <summary>Its id; the name without extension unless another one is given.</summary>
    public string VideoId { get; init; } = VideoFiles.IdOf(Name);

    /// <summary>A stream of more bytes than this is an error.</summary>
    public long MostBytes { get; init; } = SpooledFile.UsualMostBytes;

    /// <summary>The folder of the temporary file; null for the user's own in the system's folder for temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>A message with the name of the stream in place of that of its copy.</summary>
    /// <param name="message">The message.</param>
    /// <param name="copy">The path of the temporary file.</param>
    public string NameIn(string message, string copy)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Replace(copy, Name, StringComparison.Ordinal);
    }
}

/// <summary>A video that came as a stream cannot be read; the message is that of the cause, with the stream's name.</summary>
public sealed class StreamedVideoException : EvokeException
{
    internal StreamedVideoException(string message, EvokeException cause)
        : base(message, cause) => EndsRun = cause.EndsRun;

    /// <inheritdoc/>
    public override bool EndsRun { get; }
}
