using System.Globalization;
using System.Text.Json;

namespace Evoke.Media.Probing;

/// <summary>Reads ffprobe's JSON.</summary>
internal static class ProbeAnswer
{
    /// <summary>What the JSON says about the file.</summary>
    /// <exception cref="MediaHasNoStreamsException">There is no picture and no sound that could be decoded.</exception>
    /// <exception cref="MediaFormatException">The answer is not ffprobe's JSON.</exception>
    public static MediaInfo Read(string path, long bytes, ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(path, bytes, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new MediaFormatException(path, $"ffprobe's answer is not understood: {e.Message}");
        }
    }

    private static MediaInfo Read(string path, long bytes, JsonElement root)
    {
        JsonElement format = root.GetProperty("format");
        List<VideoStreamInfo> pictures = [];
        List<AudioStreamInfo> sounds = [];
        List<string> notices = [];
        foreach (JsonElement stream in root.GetProperty("streams").EnumerateArray())
        {
            Add(stream, pictures, sounds, notices);
        }

        string name = Text(format, "format_name") ?? "unknown format";
        return pictures.Count == 0 && sounds.Count == 0
            ? throw new MediaHasNoStreamsException(path, notices.Count == 0 ? name : $"{name}; {string.Join("; ", notices)}")
            : new MediaInfo
            {
                Path = Path.GetFullPath(path),
                Bytes = bytes,
                Format = name,
                StartSeconds = Number(format, "start_time") ?? 0,
                DurationSeconds = Number(format, "duration"),
                VideoStreams = [.. pictures],
                AudioStreams = [.. sounds],
                Notices = [.. notices],
            };
    }

    private static void Add(JsonElement stream, List<VideoStreamInfo> pictures, List<AudioStreamInfo> sounds, List<string> notices)
    {
        string? type = Text(stream, "codec_type");
        int index = (int)(Number(stream, "index") ?? 0);
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
                notices.Add(FormattableString.Invariant($"stream {index} is a picture that ffmpeg cannot decode (codec {codec}); it is left out"));
                return;
            }

            pictures.Add(picture);
        }
        else if (type == "audio")
        {
            AudioStreamInfo sound = Sound(stream, index, codec);
            if (codec == "unknown" || sound.SampleRate <= 0 || sound.Channels <= 0)
            {
                notices.Add(FormattableString.Invariant($"stream {index} is sound that ffmpeg cannot decode (codec {codec}); it is left out"));
                return;
            }

            sounds.Add(sound);
        }
    }

    // Cover art and thumbnails are single images that ride along; they are no film.
    private static bool IsStill(JsonElement stream) =>
        Disposition(stream, "attached_pic") || Disposition(stream, "timed_thumbnails") || Disposition(stream, "still_image");

    private static VideoStreamInfo Picture(JsonElement stream, int index, string codec)
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
            DurationSeconds = Duration(stream),
            TickSeconds = Ratio(stream, "time_base") ?? 0,
            PixelFormat = pixels,
            HasAlpha = PixelFormats.HaveAlpha(pixels),
            IsInterlaced = Text(stream, "field_order") is "tt" or "bb" or "tb" or "bt",
            IsDefault = Disposition(stream, "default"),
        };
    }

    private static AudioStreamInfo Sound(JsonElement stream, int index, string codec) => new()
    {
        Index = index,
        Codec = codec,
        SampleRate = (int)(Number(stream, "sample_rate") ?? 0),
        Channels = (int)(Number(stream, "channels") ?? 0),
        ChannelLayout = Text(stream, "channel_layout") is { Length: > 0 } layout && layout != "unknown" ? layout : null,
        StartSeconds = Number(stream, "start_time") ?? 0,
        DurationSeconds = Duration(stream),
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

    // Matroska has no duration per stream, but most writers leave one in the tags: "00:01:02.345000000".
    private static double? Duration(JsonElement stream)
    {
        if (Number(stream, "duration") is { } seconds)
        {
            return seconds;
        }

        return stream.TryGetProperty("tags", out JsonElement tags) && Text(tags, "DURATION") is { } tag
            && tag.Split(':') is [string h, string m, string s]
            && int.TryParse(h, CultureInfo.InvariantCulture, out int hours)
            && int.TryParse(m, CultureInfo.InvariantCulture, out int minutes)
            && double.TryParse(s, CultureInfo.InvariantCulture, out double rest)
            ? (hours * 3600) + (minutes * 60) + rest
            : null;
    }

    private static bool Disposition(JsonElement stream, string name) =>
        stream.TryGetProperty("disposition", out JsonElement dispositions)
        && dispositions.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.GetInt32() != 0;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // ffprobe writes most numbers as strings ("30.000000"), some as numbers, and leaves out or writes "N/A" for what it does not know.
    private static double? Number(JsonElement element, string name)
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
