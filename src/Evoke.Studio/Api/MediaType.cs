namespace Evoke.Studio.Api;

/// <summary>Media types by file extension. Never a type that lets a browser run scripts.</summary>
internal static class MediaType
{
    public static string Of(string name) => System.IO.Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".MP4" or ".M4V" or ".MOV" => "video/mp4",
        ".WEBM" => "video/webm",
        ".MKV" => "video/x-matroska",
        ".OGV" or ".OGG" => "video/ogg",
        ".TS" or ".M2TS" or ".MTS" => "video/mp2t",
        ".MP3" => "audio/mpeg",
        ".M4A" => "audio/mp4",
        ".WAV" => "audio/wav",
        ".FLAC" => "audio/flac",
        _ => "application/octet-stream",
    };
}
