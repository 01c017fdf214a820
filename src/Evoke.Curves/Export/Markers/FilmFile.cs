namespace Evoke.Curves.Export.Markers;

/// <summary>What files for other programs say about the video that a prediction is of: where it is, its picture, its sound and its clock.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FilmFile
{
    /// <summary>A video of which nothing is known, for example because the prediction was made from features.</summary>
    public static FilmFile Unknown { get; } = new();

    /// <summary>The path of the video from the folder of the file that refers to it, with '/' between folders; null if there is no file to refer to.</summary>
    public string? Location { get; init; }

    /// <summary>Average frames per second (Hz); null if unknown or if there is no picture.</summary>
    public double? FrameRate { get; init; }

    /// <summary>The timecode that the file gives for its first frame, as for <see cref="Timecode.StartingAt"/>; null if it gives none.</summary>
    public string? StartTimecode { get; init; }

    /// <summary>Width of the picture in pixels as shown; 0 if there is no picture.</summary>
    public int Width { get; init; }

    /// <summary>Height of the picture in pixels as shown; 0 if there is no picture.</summary>
    public int Height { get; init; }

    /// <summary>Width of a pixel over its height; 1 for most films.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>Number of sound channels; 0 if there is no sound.</summary>
    public int Channels { get; init; }

    /// <summary>Samples of sound per second (Hz); 0 if there is no sound.</summary>
    public int SampleRate { get; init; }

    /// <summary>True if the file has a picture.</summary>
    public bool HasPicture => Width > 0 && Height > 0;

    /// <summary>True if the file has sound.</summary>
    public bool HasSound => Channels > 0;

    /// <summary>How its frames are counted, from the timecode that its file gives for the first one.</summary>
    public Timecode Timecode => Timecode.StartingAt(FrameRate, StartTimecode);

    /// <summary><see cref="Location"/> for a file in a folder.</summary>
    /// <param name="folder">The folder of the file that refers to the video.</param>
    /// <param name="video">The path of the video.</param>
    public static string LocationFrom(string folder, string video) =>
        Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(video)).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary><see cref="Location"/> so that it cannot be taken for a name with a scheme: "./film.mp4", "../films/film.mp4".</summary>
    internal string? DottedLocation => Location is null || Location.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(Location)
        ? Location
        : $"./{Location}";

    /// <summary><see cref="Location"/> as a reference of RFC 3986, percent-encoded: "./my%20film.mp4".</summary>
    internal string? Url => DottedLocation is null ? null
        : (Location!.StartsWith('/') ? "file://" : "") + string.Join('/', DottedLocation.Split('/').Select(Uri.EscapeDataString));
}
