using System.Globalization;
using System.Text;
using System.Text.Json;
using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Probing;

/// <summary>Reads the times of a stream's packets, without decoding them.</summary>
internal static class PacketProbe
{
    /// <summary>What ffprobe is asked of each packet.</summary>
    public const string Entries = "pts_time,dts_time,duration_time,pos,flags";

    private const int LargestAnswer = 256 * 1024 * 1024;

    // ffmpeg closes jumps of a stream's clock that are larger than this, and steps back that are.
    private const double JumpSeconds = 10;
    private const double StepBackSeconds = 0.1;

    /// <summary>The packets of a stream from a given time on, in file order; jumps of the clock are closed as ffmpeg closes them.</summary>
    /// <param name="info">The file.</param>
    /// <param name="stream">Index of the stream.</param>
    /// <param name="from">
    /// Where to begin, in seconds on the container's clock; packets from the key frame before it, or more, are included. Null for the whole stream.
    /// </param>
    /// <param name="programs">Which ffprobe to run.</param>
    /// <param name="stallTimeout">ffprobe is stopped with an error if it produces no output for this long.</param>
    /// <param name="cancellationToken">Stops ffprobe at once.</param>
    /// <returns>The packets that have a time; none where ffprobe fails. All of the stream's where the probe of the file has read them.</returns>
    public static async Task<IReadOnlyList<PacketTime>> ReadAsync(
        MediaInfo info, int stream, double? from, FfmpegPrograms programs, TimeSpan stallTimeout, CancellationToken cancellationToken)
    {
        if (info.PicturePackets is { } known && stream == info.Video?.Index)
        {
            return known;
        }

        string[] interval = from is { } second ? ["-read_intervals", FormattableString.Invariant($"{Math.Max(0, second):0.######}%")] : [];
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "quiet", .. MediaFile.SafetyArguments, .. info.InputArguments,
            "-select_streams", stream.ToString(CultureInfo.InvariantCulture), "-show_entries", "packet=" + Entries,
            "-of", "csv=print_section=0", .. interval, "-i", MediaFile.Argument(info.Path),
        ];
        (byte[] answer, ProgramEnding ending) = await FfmpegProcess
            .RunAsync(programs.Ffprobe, arguments, info.Path, stallTimeout, LargestAnswer, cancellationToken)
            .ConfigureAwait(false);
        return ending.ExitCode == 0 ? Read(Encoding.ASCII.GetString(answer), MayJump(info)) : [];
    }

    /// <summary>True for containers whose clock may begin again: transport and program streams.</summary>
    public static bool MayJump(MediaInfo info) => info.Format is "mpegts" or "mpeg";

    /// <summary>Reads ffprobe's lines "pts,dts,duration,position,flags", in which "N/A" stands for what is not known.</summary>
    /// <param name="answer">What ffprobe wrote.</param>
    /// <param name="closeJumps">See <see cref="MayJump"/>.</param>
    public static IReadOnlyList<PacketTime> Read(string answer, bool closeJumps) => Read(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(','))
        .Where(cells => cells.Length > 2)
        .Select(cells => new PacketEntry(Number(cells[0]), Number(cells[1]), Number(cells[2]))
        {
            Position = cells.Length > 3 ? Number(cells[3]) : null,
            IsKey = cells.Length > 4 && cells[4].StartsWith('K'),
        }), closeJumps);

    /// <summary>Reads those of a stream from ffprobe's JSON; their container's clock has no jumps.</summary>
    /// <param name="packets">The list of the packets of all streams.</param>
    /// <param name="stream">Index of the stream.</param>
    public static IReadOnlyList<PacketTime> Read(JsonElement packets, int stream) => Read(packets.EnumerateArray()
        .Where(packet => ProbeAnswer.Number(packet, "stream_index") == stream)
        .Select(packet => new PacketEntry(
            ProbeAnswer.Number(packet, "pts_time"), ProbeAnswer.Number(packet, "dts_time"), ProbeAnswer.Number(packet, "duration_time"))
        {
            Position = ProbeAnswer.Number(packet, "pos"),
            IsKey = packet.TryGetProperty("flags", out JsonElement flags) && flags.GetString()?.StartsWith('K') == true,
        }), closeJumps: false);

    private static List<PacketTime> Read(IEnumerable<PacketEntry> entries, bool closeJumps)
    {
        List<PacketTime> packets = [];
        double offset = 0;
        double? before = null;
        double? delay = null;
        double step = 0; // From one packet to the next.
        foreach (PacketEntry entry in entries)
        {
            if ((entry.Decoded ?? entry.Shown) is not { } decoded)
            {
                continue;
            }

            // Program streams say when some pictures are shown, and of the others only when they are decoded: the smallest of the delays is used for those.
            double shown = entry.Shown ?? decoded + (delay ?? 0);
            delay = Math.Min(delay ?? double.MaxValue, shown - decoded);
            bool isBack = before - decoded - offset > StepBackSeconds && entry.Decoded is not null; // Times at which pictures are shown go back and forth.
            if (closeJumps && before is { } last && (isBack || Math.Abs(decoded + offset - last - step) > JumpSeconds))
            {
                offset = last + step - decoded;
            }

            step = entry.Duration ?? (before is { } earlier && decoded + offset > earlier ? decoded + offset - earlier : step);
            packets.Add(new PacketTime(shown + offset, entry.Duration)
            {
                Offset = offset,
                Position = entry.Position is { } position and >= 0 ? (long)position : null,
                IsKey = entry.IsKey,
            });
            before = decoded + offset;
        }

        return packets;
    }

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    // What ffprobe says of a packet.
    private readonly record struct PacketEntry(double? Shown, double? Decoded, double? Duration)
    {
        public double? Position { get; init; }

        public bool IsKey { get; init; }
    }
}
