namespace Evoke.Curves.Export.Markers;

/// <summary>The media types of ELAN, which are fewer than the registered ones.</summary>
/// <remarks>Those of ELAN's own classes MediaDescriptor and MediaDescriptorUtil, which choose by the extension as well.</remarks>
internal static class EafMediaType
{
    public static string Of(FilmFile film) => Path.GetExtension(film.Location ?? "").ToUpperInvariant() switch
    {
        ".MPG" or ".MPEG" => "video/mpeg",
        ".MP4" or ".MPG4" or ".M4V" => "video/mp4",
        ".MOV" or ".QT" => "video/quicktime",
        ".WAV" => "audio/x-wav",
        _ => film.HasPicture || !film.HasSound ? "video/*" : "audio/*",
    };
}
