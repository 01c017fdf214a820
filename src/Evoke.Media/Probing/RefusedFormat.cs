using System.Text;
using System.Text.RegularExpressions;
using Evoke.Media.Containers;

namespace Evoke.Media.Probing;

/// <summary>Describes a file that ffprobe was not allowed to open or does not know.</summary>
internal static partial class RefusedFormat
{
    private const string NamesOthers = "that names other files, which are never opened through it. Expected the video or sound file itself.";
    private const int HeadBytes = 512;

    /// <summary>A description of the file; null if there is nothing better than ffprobe's own message.</summary>
    /// <param name="path">The file.</param>
    /// <param name="said">What ffprobe wrote to standard error.</param>
    public static string? InWords(string path, string said) =>
        IsoFile.IsImage(path) ? Image("AVIF or HEIF")
        : NotAllowed().Match(said) is { Success: true } match ? OfFormat(match.Groups["format"].Value) : OfText(path);

    /// <summary>The message for a still image.</summary>
    public static string Image(string kind) => $"it is a still image ({kind}). Expected a video or sound file.";

    private static string OfFormat(string format) => format switch
    {
        "hls" => $"it is a playlist (HLS, m3u8) {NamesOthers}",
        "dash" => $"it is a playlist (DASH, mpd) {NamesOthers}",
        "imf" => $"it is a playlist (IMF) {NamesOthers}",
        "concat" => $"it is a list for ffmpeg (ffconcat) {NamesOthers}",
        "avisynth" or "vapoursynth" => $"it is a script ({format}) {NamesOthers}",
        "sdp" or "rtsp" or "rtp" => $"it describes a network stream ({format}), which is not read. Expected a video or sound file.",
        _ when format.StartsWith("image2", StringComparison.Ordinal) || format.EndsWith("_pipe", StringComparison.Ordinal) =>
            $"it is a still image ({format.Replace("_pipe", "", StringComparison.Ordinal)}). Expected a video or sound file.",
        _ => $"its format, {format}, is not supported. Expected a video or sound file.",
    };

    // ffmpegs differ in which playlists and scripts they know; playlists are recognised by how they begin, scripts, which may begin in any way, by their names.
    private static string? OfText(string path)
    {
        string ending = Path.GetExtension(path).ToUpperInvariant();
        if (ending is ".AVS" or ".AVSI" or ".VPY")
        {
            return $"it is a script ({(ending == ".VPY" ? "vapoursynth" : "avisynth")}) {NamesOthers}";
        }

        string head = Head(path);
        return Playlist().Match(head) is { Success: true } match ? $"it is a playlist ({Kind(match)}) {NamesOthers}" : null;
    }

    private static string Kind(Match match) => match.Groups.Values.Skip(1).First(group => group.Success).Name;

    private static string Head(string path)
    {
        byte[] bytes = new byte[HeadBytes];
        using FileStream file = File.OpenRead(path);
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    /// <summary>The text of <c>SpokenText.RefusalOf</c>.</summary>
    [GeneratedRegex("the format (?<format>[^ ]+) is not opened")]
    private static partial Regex NotAllowed();

    [GeneratedRegex(
        @"\A\uFEFF?\s*(?:(?<m3u>#EXTM3U)|(?<pls>\[playlist\])|(?<ffconcat>ffconcat version)|"
            + @"(?:<\?xml[^>]*>\s*)?<(?:(?<mpd>MPD)|(?<xspf>playlist)|(?<smil>smil)|(?<asx>asx))\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Playlist();
}
