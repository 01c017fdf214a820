using System.Collections.Immutable;

namespace Evoke.Studio.Storage;

/// <summary>A video in the library.</summary>
internal sealed record VideoRecord
{
    /// <summary>Random id of 16 lower-case hexadecimal digits; requests identify a video only by it.</summary>
    public required string Id { get; init; }

    /// <summary>Display name: the file's name when it was added, until users change it.</summary>
    public required string Name { get; init; }

    /// <summary>The file's name when it was added, whatever the video is called now.</summary>
    public string FileName
    {
        get => field.Length > 0 ? field : Name;
        init;
    } = string.Empty;

    /// <summary>The tags that users have given it, in alphabetical order.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>True if the file was uploaded, so that Studio owns it; false if it is below a root folder, where Studio never changes it.</summary>
    public required bool Owned { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>When it was added, UTC.</summary>
    public required DateTimeOffset Added { get; init; }

    /// <summary>Duration in seconds; null until it is known.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Width of the picture in pixels; null until it is known or if there is no picture.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the picture in pixels; null until it is known or if there is no picture.</summary>
    public int? Height { get; init; }

    /// <summary>Average frames per second; null until it is known.</summary>
    public double? FrameRate { get; init; }

    /// <summary>False if the file has no picture.</summary>
    public bool HasPicture { get; init; } = true;

    /// <summary>False if the file has no sound.</summary>
    public bool HasSound { get; init; } = true;

    /// <summary>False if no browser in common use plays the file; null until it is known.</summary>
    public bool? Playable { get; init; }

    /// <summary>Size of the preview in bytes; null if there is none.</summary>
    public long? PreviewBytes { get; init; }

    /// <summary>True if users have given it ratings.</summary>
    public bool HasRatings { get; init; }

    /// <summary>The display name without the ending of a file: the beginning of the names of exported files.</summary>
    public string Stem => Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? Name[..^Ending.Length] : Name;

    /// <summary>The display name with the ending of the file, also if users have left it out.</summary>
    public string NameWithEnding => Stem + Ending;

    private string Ending => System.IO.Path.GetExtension(FileName);
}
