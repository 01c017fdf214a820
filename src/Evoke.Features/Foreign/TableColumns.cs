using System.Globalization;

namespace Evoke.Features.Foreign;

/// <summary>How the time of a row is written.</summary>
internal enum TimeText
{
    /// <summary>A number of seconds, or "0 days 00:00:01.5" as pandas writes it.</summary>
    Seconds,

    /// <summary>A number of milliseconds.</summary>
    Milliseconds,
}

/// <summary>What the columns of a table of features are.</summary>
/// <remarks>
/// openSMILE writes name, frameIndex, frameTime, frameLength and then its features (src/iocore/csvSink.cpp, https://github.com/audeering/opensmile); its Python
/// package has file, start and end as the index of its table. Others have a column of times.
/// </remarks>
/// <param name="Header">All names.</param>
/// <param name="Video">The column with the video; -1 if the file is of one video.</param>
/// <param name="Time">The column with the time; -1 if there is none.</param>
/// <param name="Unit">How times are written.</param>
/// <param name="Values">The columns of features, in the order of the file.</param>
internal sealed record TableColumns(IReadOnlyList<string> Header, int Video, int Time, TimeText Unit, IReadOnlyList<int> Values)
{
    private static readonly string[] s_videos = ["video", "videoid", "file", "name"];
    private static readonly string[] s_seconds = ["frametime", "time", "timestamp", "timestamps", "times", "seconds", "start", "onset", "timeseconds"];
    private static readonly string[] s_milliseconds = ["timestampms", "timestampsms", "timems", "timestampmilliseconds", "milliseconds", "ms"];
    private static readonly string[] s_counts = ["", "unnamed0", "frame", "frameindex", "index", "framelength", "end", "faceid", "number"];

    /// <summary>Reads a header.</summary>
    /// <returns>Null if the first row has numbers, not names.</returns>
    public static TableColumns? Of(IReadOnlyList<string> header)
    {
        if (header.Any(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        string[] plain = [.. header.Select(Plain)];
        int video = FirstOf(plain, s_videos);
        int time = FirstOf(plain, [.. s_milliseconds, .. s_seconds]);
        return new TableColumns(
            header,
            video,
            time,
            time >= 0 && s_milliseconds.Contains(plain[time]) ? TimeText.Milliseconds : TimeText.Seconds,
            [.. Enumerable.Range(0, plain.Length).Where(column => column != time && !s_counts.Contains(plain[column]) && !s_videos.Contains(plain[column]))]);
    }

    /// <summary>True if the column names the video in openSMILE's way, where it may be the same text in all files.</summary>
    public bool IsInstance => Video >= 0 && Plain(Header[Video]) == "name";

    /// <summary>The id in a cell: without quotes, folder and extension of a file.</summary>
    public static string IdOf(string cell)
    {
        string name = cell.Trim('\'', '"').Replace('\\', '/');
        return Path.GetFileName(name) is { Length: > 0 } file ? WithoutExtension(file) : name;
    }

    // "clip 1.5" is a name; "film.mp4" is one with an extension.
    private static string WithoutExtension(string file) =>
        Path.GetExtension(file) is { Length: > 2 and <= 5 } extension && extension.Skip(1).Any(char.IsAsciiLetter) ? file[..^extension.Length] : file;

    private static int FirstOf(string[] plain, string[] names) =>
        names.Select(name => Array.IndexOf(plain, name)).Where(column => column >= 0).DefaultIfEmpty(-1).First();

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
