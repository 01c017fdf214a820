using System.Collections.Immutable;
using System.Text;
using Evoke.Datasets.Fetching;
using Evoke.Fuzz.Mutations;
using Evoke.Fuzz.Repairs;
using Evoke.Media;
using Evoke.Media.Containers;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Nut;
using Evoke.Media.Probing;
using Evoke.Media.Reading;

namespace Evoke.Fuzz.Readers;

/// <summary>What other programs answer (ffmpeg, ffprobe, yt-dlp), and the structure of media files.</summary>
internal static class MediaReaders
{
    private static readonly string[] s_formats = ["mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "mpegts"];

    private static readonly MediaReadOptions s_decoded =
        new() { Frames = new FrameSpec { Width = 2, Height = 2, Rate = 1 }, Waveform = true, SampleRate = 8000 };

    private static readonly ImmutableArray<string> s_probeWords =
    [
        "null", "[]", "{}", "\"N/A\"", "\"0/0\"", "\"1/0\"", "\"-1/1\"", "\"displaymatrix\": \"\\n00000000: 0 65536 0\\n\"",
        "\"rotation\": -90", "\"codec_type\": \"audio\"",
        "\"attached_pic\": 1", "\"DURATION\": \"99:99:99.9\"", "\"format_name\": \"mpegts\"", "\"streams\": [", "\"tags\": 1",
        "\"disposition\": []", "\\ud800", "1e400", "-1",
    ];

    public static IEnumerable<FuzzedReader> All =>
    [
        new("nut", "pipe.nut", _ => [NutSample.Make(elision: false), NutSample.Make(elision: true)], ReadNutAsync)
        {
            Documented = [typeof(InvalidDataException)],
            Words = ["NMzV\u001f_\u0004", "NS\u0011@[", "NK", "NX", "NI", "nut/multimedia container\0"],
            Repair = NutRepair.Repair,
        },
        new("decoding", "pipe.nut", _ => [NutSample.Film()], DecodeAsync) { Words = ["NK", "NS", "NX"], Repair = NutRepair.Repair, Cost = 10 },
        new("container", "film", _ => ContainerSamples.All(), ReadContainer)
        {
            Words = ["moov", "moof", "mdat", "ftypavif", "schm\0\0\0\0cenc", "RIFF", "AVI ", "\u001aE", "G", "#EXTM3U\n", "ffconcat version 1.0\n", "<MPD>"],
        },
        new("ffprobe", "probe.json", _ => Answers(), path => Done(ProbeAnswer.Read(path, new FileInfo(path).Length, File.ReadAllBytes(path))))
        {
            IsText = true,
            Words = s_probeWords,
        },
        new("ffprobe-packets", "packets.csv", _ => Packets(), ReadPackets) { IsText = true, Words = ["N/A", ",", "\n", "1e308", "-1e308"] },
        new("yt-dlp", "stderr.txt", _ => Messages(), ReadMessage)
        {
            IsText = true,
            Words = ["ERROR:", "ERROR: [", "[youtube] ", ": ", "\n", "Private video", "HTTP Error 429"],
        },
    ];

    private static Task Done(object? _) => Task.CompletedTask;

    private static async Task ReadNutAsync(string path)
    {
        FileStream stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            NutReader reader = new(destination => stream.ReadAsync(destination));
            bool skip = false;
            while (await reader.NextAsync().ConfigureAwait(false) is { } packet)
            {
                _ = reader.TimeBase(packet.Stream).Denominator;
                skip = !skip;
                if (!skip && packet.Size <= ByteMutations.Most)
                {
                    await reader.ReadPayloadAsync(new byte[packet.Size]).ConfigureAwait(false);
                }
            }
        }
    }

    // A program in ffmpeg's place sends the input.
    private static async Task DecodeAsync(string path)
    {
        string program = Path.Combine(Path.GetDirectoryName(path)!, "..", "ffmpeg-in-its-place");
        if (!File.Exists(program))
        {
            await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec cat '{path}'\n").ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            Environment.SetEnvironmentVariable(FfmpegPrograms.FfmpegVariable, program);
        }

        MediaReader reader = MediaReader.Open(Film(path), s_decoded);
        await using (reader.ConfigureAwait(false))
        {
            await foreach (MediaChunk _ in reader.ReadAsync().ConfigureAwait(false))
            {
                // Read to its end.
            }
        }
    }

    private static MediaInfo Film(string path) => new()
    {
        Path = path,
        Bytes = new FileInfo(path).Length,
        Format = "mpegts",
        VideoStreams = [new VideoStreamInfo { Index = 0, Codec = "h264", Width = 2, Height = 2, FrameRate = 1 }],
        AudioStreams = [new AudioStreamInfo { Index = 1, Codec = "aac", SampleRate = 8000, Channels = 1 }],
    };

    private static Task ReadContainer(string path)
    {
        foreach (string format in s_formats)
        {
            _ = ContainerStructure.Of(path, format);
        }

        return Done(RefusedFormat.InWords(path, ""));
    }

    private static Task ReadPackets(string path)
    {
        string answer = File.ReadAllText(path, Encoding.ASCII);
        _ = PacketProbe.Read(answer, closeJumps: true);
        return Done(PacketProbe.Read(answer, closeJumps: false));
    }

    private static Task ReadMessage(string path)
    {
        string said = File.ReadAllText(path);
        _ = YtDlpMessage.KindOf(said);
        _ = YtDlpMessage.ErrorOf(said);
        return Done(YtDlpMessage.IsRateLimit(said));
    }

    private static IEnumerable<byte[]> Packets()
    {
        yield return "0.000000,0.000000,0.040000\n0.120000,0.040000,0.040000\nN/A,0.080000,N/A\n100.0,100.0,0.04\n99.9,99.9,0.04\n"u8.ToArray();
    }

    private static IEnumerable<byte[]> Messages()
    {
        yield return "WARNING: [youtube] nsig extraction failed\nERROR: [youtube] aaaaaaaaaaa: Private video. Sign in\n"u8.ToArray();
        yield return "ERROR: [youtube] bbbbbbbbbbb: Video unavailable. This video contains content from X, who has blocked it in your country\n"u8.ToArray();
        yield return "ERROR: unable to download video data: HTTP Error 429: Too Many Requests\n"u8.ToArray();
    }

    private static IEnumerable<byte[]> Answers()
    {
        yield return """
            {"programs": [{"program_id": 1, "streams": [{"index": 0, "codec_type": "video"}, {"index": 1, "codec_type": "audio"}]},
             {"program_id": 2, "streams": [{"index": 2, "codec_type": "video"}]}],
             "packets": [
              {"stream_index": 0, "pts_time": "1.480000", "dts_time": "1.400000", "duration_time": "0.040000", "pos": "564", "flags": "K_"},
              {"stream_index": 1, "pts_time": "1.4", "duration_time": "N/A", "side_data_list": [{}]},
              {"stream_index": 0, "dts_time": "1.440000", "flags": "__"}],
             "streams": [
              {"index": 0, "nb_frames": "2", "codec_name": "h264", "codec_type": "video", "width": 320, "height": 240, "sample_aspect_ratio": "4:3",
               "pix_fmt": "yuv420p", "color_space": "bt709", "color_transfer": "smpte2084", "color_primaries": "bt2020", "field_order": "tt",
               "r_frame_rate": "25/1", "avg_frame_rate": "30000/1001",
               "time_base": "1/90000", "start_time": "1.400000", "duration": "8.000000", "disposition": {"default": 1, "attached_pic": 0},
               "tags": {"timecode": "01:00:00;00", "language": "und"},
               "side_data_list": [{"side_data_type": "Display Matrix",
                "displaymatrix": "\n00000000:  0  65536  0\n00000001:  -65536  0  0\n00000002:  0  0  1073741824\n",
                "rotation": -90}]},
              {"index": 1, "codec_name": "aac", "codec_type": "audio", "sample_rate": "48000", "channels": 2, "channel_layout": "stereo", "start_time": "1.4",
               "disposition": {"comment": 1}, "tags": {"language": "eng", "title": "main", "DURATION": "00:00:08.000000000",
               "_STATISTICS_TAGS": "BPS DURATION"}},
              {"index": 2, "codec_name": "mpeg2video", "codec_type": "video", "width": 64, "height": 48}],
             "format": {"format_name": "mpegts", "start_time": "1.400000", "duration": "8.000000", "size": "100000", "tags": {"timecode": "00:00:00:00"}}}
            """u8.ToArray();
        yield return """
            {"streams": [{"index": 0, "codec_name": "vp8", "codec_type": "video", "width": 64, "height": 48, "avg_frame_rate": "0/0", "r_frame_rate": "25/1"}],
             "format": {"format_name": "matroska,webm", "duration": "N/A"}}
            """u8.ToArray();
    }
}
