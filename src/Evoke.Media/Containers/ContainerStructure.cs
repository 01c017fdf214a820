namespace Evoke.Media.Containers;

/// <summary>Whether a file is complete, according to its own structure.</summary>
internal enum Wholeness
{
    /// <summary>The structure does not say.</summary>
    Unknown,

    /// <summary>Nothing is missing.</summary>
    Whole,

    /// <summary>The file ends in the middle of an element.</summary>
    Cut,
}

/// <summary>What the boxes, elements or packets of a file say without being decoded.</summary>
/// <param name="Wholeness">Whether the file is complete.</param>
/// <param name="HasSecondFilm">
/// True if a second film follows the first in the same file, as when two files are joined byte by byte. ffmpeg reads the first.
/// </param>
/// <param name="IsEncrypted">True if a track is encrypted (Common Encryption, ISO/IEC 23001-7).</param>
/// <param name="IsImage">True if the file is a still image in a film's container (AVIF, HEIF).</param>
internal readonly record struct ContainerStructure(Wholeness Wholeness, bool HasSecondFilm = false, bool IsEncrypted = false, bool IsImage = false)
{
    /// <summary>Inspects a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format as ffmpeg names it.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ContainerStructure Of(string path, string format)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096);
        return format switch
        {
            _ when format.Split(',').Contains("mp4") => IsoFile.Look(file),
            _ when format.StartsWith("matroska", StringComparison.Ordinal) => MatroskaFile.Look(file),
            "avi" or "wav" => RiffFile.Look(file),
            "mpegts" => TransportStreamFile.Look(file),
            _ => default,
        };
    }
}
