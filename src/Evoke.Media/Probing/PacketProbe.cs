using System.Globalization;
using System.Text;
using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Probing;

/// <summary>When a packet is shown and for how long, in seconds on its container's clock.</summary>
/// <param name="Start">When it is shown.</param>
/// <param name="Duration">For how long; null if the container does not say.</param>
internal readonly record struct PacketTime(double Start, double? Duration)
{
    /// <summary>What closed the jumps of the container's clock before it, in seconds: <see cref="Start"/> less the time that the container states.</summary>
    public double Offset { get; init; }

    /// <summary>Where it begins in the file, in bytes; null if that is not known.</summary>
    public long? Position { get; init; }

    /// <summary>True if its picture needs no other.</summary>
    public bool IsKey { get; init; }
}

/// <summary>Reads the times of a stream's packets, without decoding them.</summary>
internal static class PacketProbe
{
    private const int LargestAnswer = 256 * 1024 * 1024;

    // ffmpeg closes jumps of a stream's clock that are larger than this, and steps back that are.
    private const double JumpSeconds = 10;
    private const double StepBackSeconds = 0.1;

    /// <summary>The packets of a stream from a given time on, in file order; jumps of the clock are closed as ffmpeg closes them.</summary>
    /// <param name="info">The file.</param>
    /// <param name="stream">Index of the stream.</param>
    /// <param name="from">
    /// Where to begin, in seconds on the container's clock; packets of the key frame before it are included. Null for the whole stream.
    /// </param>
    /// <param name="programs">Which ffprobe to run.</param>
    /// <param name="stallTimeout">ffprobe is stopped with an error if it produces no output for this long.</param>
    /// <param name="cancellationToken">Stops ffprobe at once.</param>
    /// <returns>The packets that have a time; none where ffprobe fails.</returns>
    public static async Task<IReadOnlyList<PacketTime>> ReadAsync(
        MediaInfo info, int stream, double? from, FfmpegPrograms programs, TimeSpan stallTimeout, CancellationToken cancellationToken)
    {
        string[] interval = from is { } second ? ["-read_intervals", FormattableString.Invariant($"{Math.Max(0, second):0.######}%")] : [];
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "quiet", .. MediaFile.SafetyArguments, .. info.InputArguments,
            "-select_streams", stream.ToString(CultureInfo.InvariantCulture), "-show_entries", "packet=pts_time,dts_time,duration_time,pos,flags",
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
    public static IReadOnlyList<PacketTime> Read(string answer, bool closeJumps)
    {
        List<PacketTime> packets = [];
        double offset = 0;
        double? before = null;
        double? delay = null;
        double step = 0; // From one packet to the next.
        foreach (string line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] cells = line.Split(',');
            double? time = cells.Length < 3 ? null : Number(cells[1]) ?? Number(cells[0]);
            if (time is not { } decoded)
            {
                continue;
            }

            // Program streams say when some pictures are shown, and of the others only when they are decoded: the smallest of the delays is used for those.
            double shown = Number(cells[0]) ?? decoded + (delay ?? 0);
            delay = Math.Min(delay ?? double.MaxValue, shown - decoded);
            double? duration = Number(cells[2]);
            bool isBack = before - decoded - offset > StepBackSeconds && Number(cells[1]) is not null; // Times at which pictures are shown go back and forth.
            if (closeJumps && before is { } last && (isBack || Math.Abs(decoded + offset - last - step) > JumpSeconds))
            {
                offset = last + step - decoded;
            }

            step = duration ?? (before is { } earlier && decoded + offset > earlier ? decoded + offset - earlier : step);
            packets.Add(new PacketTime(shown + offset, duration)
            {
                Offset = offset,
                Position = cells.Length > 3 && Number(cells[3]) is { } position and >= 0 ? (long)position : null,
                IsKey = cells.Length > 4 && cells[4].StartsWith('K'),
            });
            before = decoded + offset;
        }

        return packets;
    }

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
