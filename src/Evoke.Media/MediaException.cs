using Evoke.Files;

namespace Evoke.Media;

/// <summary>The base of every error about a media file or about the programs that read it.</summary>
public abstract class MediaException : EvokeException
{
    /// <summary>Creates an error about <paramref name="path"/>.</summary>
    protected MediaException(string path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        FilePath = path;
    }

    /// <summary>The file that was being read or written, as given by the caller.</summary>
    public string FilePath { get; }
}

/// <summary>There is no file of this name.</summary>
public sealed class MediaFileMissingException(string path)
    : MediaException(
        path,
        path.Contains('\uFFFD', StringComparison.Ordinal)
            ? $"'{path}': there is no such file that can be opened: its name is not valid UTF-8; rename it."
            : $"'{path}': there is no such file.");

/// <summary>The path is a folder; a file was expected.</summary>
public sealed class MediaFileIsFolderException(string path)
    : MediaException(path, $"'{path}' is a folder; expected a video or sound file.");

/// <summary>The path is a pipe, a device or a socket: a film is read from its start several times, which they do not allow.</summary>
public sealed class MediaFileNotRegularException(string path, string kind)
    : MediaException(path, $"'{path}' is {kind}; expected a file. A video is read more than once, so save the data to a file first.");

/// <summary>The file has no bytes.</summary>
public sealed class MediaFileEmptyException(string path)
    : MediaException(path, $"'{path}' is empty (0 bytes); expected a video or sound file.");

/// <summary>The file exists but cannot be read.</summary>
public sealed class MediaFileUnreadableException(string path, Exception innerException)
    : MediaException(path, $"'{path}' cannot be read: {PlainMessage.Of(innerException)}", innerException);

/// <summary>
/// ffmpeg does not recognise the file as video or sound, or its format is one that is never opened: playlists and scripts that name other files, single images.
/// </summary>
public sealed class MediaFormatException(string path, string found)
    : MediaException(path, $"'{path}' is not a video or sound file that can be read: {found}");

/// <summary>The file is a container with neither a picture nor a sound stream.</summary>
public sealed class MediaHasNoStreamsException(string path, string format)
    : MediaException(path, $"'{path}' ({format}) has neither picture nor sound; expected at least one of them.");

/// <summary>The film is encrypted: its frames cannot be decoded without a key.</summary>
public sealed class MediaEncryptedException(string path)
    : MediaException(path, $"'{path}' is encrypted (Common Encryption, CENC): it cannot be decoded without its key. Expected a film without copy protection.");

/// <summary>The file has no sound track with the requested number.</summary>
public sealed class AudioTrackMissingException(string path, int track, int found)
    : MediaException(path, FormattableString.Invariant($"'{path}' has no sound track {track}; it has {found}, counted from 1."));

/// <summary>The file opens, but no frame and no sample of what was asked for could be decoded.</summary>
public sealed class MediaNotDecodableException(string path, string said)
    : MediaException(path, $"'{path}' opens, but nothing in it can be decoded: {said}");
