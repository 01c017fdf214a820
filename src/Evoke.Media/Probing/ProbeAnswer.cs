using System.Globalization;
using System.Text.Json;
using Evoke.Files;
using Evoke.Media.Containers;

namespace Evoke.Media.Probing;

/// <summary>Reads ffprobe's JSON.</summary>
internal sealed class ProbeAnswer
{
    // A transport stream whose clock jumped back, or a damaged header, claims days for a few kilobytes. Fewer bytes per second than this are not a film;
    // containers with an index may hold a slide show and are trusted.
    private const double LeastBytesPerSecond = 125;

    private readonly List<VideoStreamInfo> _pictures = [];
    private readonly List<AudioStreamInfo> _sounds = [];
    private readonly List<string> _notices = [];
    private bool _isIncomplete;
    private double _longestSeconds;

    private ProbeAnswer()
    {
    }

    /// <summary>The content of the JSON, and whether the probe found streams without their format because it did not read far enough.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="json">What ffprobe wrote.</param>
    /// <exception cref="MediaEncryptedException">The film is encrypted.</exception>
    /// <exception cref="MediaFormatException">The output is not ffprobe's JSON, or the file is a still image.</exception>
    public static (MediaInfo Info, bool IsIncomplete) Read(string path, long bytes, ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            ProbeAnswer answer = new();
            return (answer.Read(path, bytes, document.RootElement), answer._isIncomplete);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new MediaFormatException(path, $"ffprobe's output cannot be parsed: {PlainMessage.Of(e)}");
        }
    }

    private MediaInfo Read(string path, long bytes, JsonElement root)
    {
        JsonElement format = root.GetProperty("format");
        string name = Text(format, "format_name") ?? "unknown format";
        ContainerStructure structure = ContainerStructure.Of(path, name);
        if (structure.IsImage)
        {
            throw new MediaFormatException(path, RefusedFormat.Image("AVIF or HEIF"));
        }

        if (structure.IsEncrypted)
        {
            throw new MediaEncryptedException(path);
        }

        JsonElement[] streams = [.. root.GetProperty("streams").EnumerateArray()];
        _longestSeconds = name.StartsWith("mov,", StringComparison.Ordinal) || name.StartsWith("matroska", StringComparison.Ordinal) || name is "gif" or "apng"
            ? double.MaxValue
            : bytes / LeastBytesPerSecond;
        foreach (JsonElement stream in OfOneProgramme(root, streams))
        {
            Add(stream);
        }

        if (structure.HasSecondFilm)
        {
            _notices.Add("a second video is joined to the first in the same file; only the first is read");
        }

        // A program stream has no list of its streams: those that start late are unknown.
        _isIncomplete |= name == "mpeg" && (_sounds.Count == 0 || _pictures.Count == 0);
        MediaInfo info = new()
        {
            Path = Path.GetFullPath(path),
            Bytes = bytes,
            Format = name,
            StartSeconds = Number(format, "start_time") ?? 0,
            DurationSeconds = Believed(Number(format, "duration")),
            VideoStreams = [.. _pictures],
            AudioStreams = [.. _sounds],
            StartTimecode = streams.Append(format).Select(element => Tag(element, "timecode")).FirstOrDefault(text => text is not null),
            Notices = [.. _notices],
        };
        return info with { PicturePackets = PacketsOf(info.Video, root, streams) };
    }

    // ffprobe stops without an error at the first packet of any stream that it cannot read: the packets are all only if they are as many as the container
    // has of the picture.
    private static IReadOnlyList<PacketTime>? PacketsOf(VideoStreamInfo? picture, JsonElement root, JsonElement[] streams)
    {
        if (picture is null || !root.TryGetProperty("packets", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        IReadOnlyList<PacketTime> packets = PacketProbe.Read(list, picture.Index);
        return packets.Count == Number(streams.First(stream => IndexOf(stream) == picture.Index), "nb_frames") ? packets : null;
    }

    // A transport stream may carry several programmes (channels): the one of the first picture is read, with its own sound.
    private IEnumerable<JsonElement> OfOneProgramme(JsonElement root, JsonElement[] streams)
    {
        if (!root.TryGetProperty("programs", out JsonElement list))
        {
            return streams;
        }

        List<HashSet<int>> programmes =
        [
            .. list.EnumerateArray().Select(programme => programme.TryGetProperty("streams", out JsonElement its)
                ? its.EnumerateArray().Where(stream => Text(stream, "codec_type") is "video" or "audio").Select(IndexOf).ToHashSet()
                : []).Where(indices => indices.Count > 0),
        ];
        if (programmes.Count < 2)
        {
            return streams;
        }

        int first = streams.Where(stream => Text(stream, "codec_type") == "video" && !IsStill(stream)).Select(IndexOf).FirstOrDefault();
        int read = Math.Max(0, programmes.FindIndex(indices => indices.Contains(first)));
        if (!programmes.All(indices => indices.SetEquals(programmes[read])))
        {
            _notices.Add(FormattableString.Invariant($"the file has {programmes.Count} programmes; only the one with stream {first} is read"));
        }

        return streams.Where(stream => programmes[read].Contains(IndexOf(stream)) || !programmes.Any(indices => indices.Contains(IndexOf(stream))));
    }

    private void Add(JsonElement stream)
    {
        string? type = Text(stream, "codec_type");
        int index = IndexOf(stream);
        string codec = Text(stream, "codec_name") ?? "unknown";
        if (type == "video")
        {
            if (IsStill(stream))
            {
                return;
            }

            VideoStreamInfo picture = Picture(stream, index, codec);
            if (codec == "unknown" || picture.Width <= 0 || picture.Height <= 0)
            {
                LeaveOut(index, codec, "a picture");
                return;
            }

            _pictures.Add(picture);
        }
        else if (type == "audio")
        {
            AudioStreamInfo sound = Sound(stream, index, codec);
            if (codec == "unknown" || sound.SampleRate <= 0 || sound.Channels <= 0)
            {
                LeaveOut(index, codec, "sound");
                return;
            }

            _sounds.Add(sound);
        }
    }

    private void LeaveOut(int index, string codec, string what)
    {
        _isIncomplete |= codec != "unknown";
        _notices.Add(FormattableString.Invariant($"stream {index} is {what} that ffmpeg cannot decode (codec {codec}); it is ignored"));
    }

    private static int IndexOf(JsonElement stream) => (int)(Number(stream, "index") ?? 0);

    // Cover art and thumbnails are single images stored along with the film, not films.
    private static bool IsStill(JsonElement stream) =>
        Disposition(stream, "attached_pic") || Disposition(stream, "timed_thumbnails") || Disposition(stream, "still_image");

    private VideoStreamInfo Picture(JsonElement stream, int index, string codec)
    {
        int width = (int)(Number(stream, "width") ?? 0);
        int height = (int)(Number(stream, "height") ?? 0);
        string? pixels = Text(stream, "pix_fmt");
        double aspect = Ratio(stream, "sample_aspect_ratio", ':') ?? 1;
        PictureOrientation orientation = OrientationOf(stream);
        bool turned = orientation.ClockwiseDegrees is 90 or 270;
        return new VideoStreamInfo
        {
            Index = index,
            Codec = codec,
            Width = turned ? height : width,
            Height = turned ? width : height,
            PixelAspect = turned ? 1 / aspect : aspect,
            RotationDegrees = orientation.ClockwiseDegrees,
            IsMirrored = orientation.Mirrored,
            FrameRate = Ratio(stream, "avg_frame_rate") ?? Ratio(stream, "r_frame_rate"),
            StartSeconds = Number(stream, "start_time") ?? 0,
            DurationSeconds = Believed(Duration(stream)),
            TickSeconds = Ratio(stream, "time_base") ?? 0,
            PixelFormat = pixels,
            ColorSpace = Known(stream, "color_space"),
            ColorPrimaries = Known(stream, "color_primaries"),
            ColorTransfer = Known(stream, "color_transfer"),
            HasAlpha = PixelFormats.HaveAlpha(pixels),
            IsInterlaced = Text(stream, "field_order") is "tt" or "bb" or "tb" or "bt",
            IsDefault = Disposition(stream, "default"),
        };
    }

    private AudioStreamInfo Sound(JsonElement stream, int index, string codec) => new()
    {
        Index = index,
        Codec = codec,
        SampleRate = (int)(Number(stream, "sample_rate") ?? 0),
        Channels = (int)(Number(stream, "channels") ?? 0),
        ChannelLayout = Text(stream, "channel_layout") is { Length: > 0 } layout && layout != "unknown" ? layout : null,
        StartSeconds = Number(stream, "start_time") ?? 0,
        DurationSeconds = Believed(Duration(stream)),
        Language = Tag(stream, "language") is { } language && language != "und" ? language : null,
        Title = Tag(stream, "title"),
        IsCommentary = Disposition(stream, "comment") || Disposition(stream, "visual_impaired") || Disposition(stream, "descriptions"),
        IsDefault = Disposition(stream, "default"),
    };

    private static PictureOrientation OrientationOf(JsonElement stream)
    {
        if (stream.TryGetProperty("side_data_list", out JsonElement list))
        {
            foreach (JsonElement data in list.EnumerateArray())
            {
                if (Text(data, "displaymatrix") is { } matrix)
                {
                    return PictureOrientation.FromDisplayMatrix(matrix);
                }
            }
        }

        return default;
    }

    // Matroska has no length per stream, but writers leave one in the tags: "00:01:02.345000000". mkvmerge's, which come with a list of its statistics,
    // are lengths; ffmpeg's are the time at which the stream ends.
    private static double? Duration(JsonElement stream)
    {
        if (Number(stream, "duration") is { } seconds)
        {
            return seconds;
        }

        bool isLength = Tag(stream, "_STATISTICS_TAGS") is not null || Tag(stream, "_STATISTICS_TAGS-eng") is not null;
        double start = isLength ? 0 : Number(stream, "start_time") ?? 0;
        return (Tag(stream, "DURATION") ?? Tag(stream, "DURATION-eng"))?.Split(':') is [string h, string m, string s]
            && int.TryParse(h, CultureInfo.InvariantCulture, out int hours)
            && int.TryParse(m, CultureInfo.InvariantCulture, out int minutes)
            && double.TryParse(s, CultureInfo.InvariantCulture, out double rest)
            && (hours * 3600) + (minutes * 60) + rest - start is var length and > 0
            ? length
            : null;
    }

    private double? Believed(double? seconds) => seconds <= _longestSeconds ? seconds : null;

    private static string? Tag(JsonElement element, string name) =>
        element.TryGetProperty("tags", out JsonElement tags) && Text(tags, name) is { Length: > 0 } text ? text : null;

    private static string? Known(JsonElement stream, string name) => Text(stream, name) is { } text && text is not ("unknown" or "reserved") ? text : null;

    private static bool Disposition(JsonElement stream, string name) =>
        stream.TryGetProperty("disposition", out JsonElement dispositions)
        && dispositions.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.GetInt32() != 0;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // ffprobe writes most numbers as strings ("30.000000"), some as numbers, and leaves out or writes "N/A" for what it does not know.
    internal static double? Number(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        double number = value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed
            : double.NaN;
        return double.IsFinite(number) ? number : null;
    }

    private static double? Ratio(JsonElement element, string name, char separator = '/') =>
        Text(element, name)?.Split(separator) is [string n, string d]
        && double.TryParse(n, CultureInfo.InvariantCulture, out double numerator)
        && double.TryParse(d, CultureInfo.InvariantCulture, out double denominator)
        && numerator > 0 && denominator > 0
            ? numerator / denominator
            : null;
}
