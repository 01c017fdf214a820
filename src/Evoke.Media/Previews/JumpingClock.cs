using Evoke.Media.Ffmpeg;
using Evoke.Media.Probing;

namespace Evoke.Media.Previews;

/// <summary>
/// Where in a file to find what a picture shows, if its container's clock jumps: in transport and program streams that were joined, or recorded while the
/// sender's clock began again. ffmpeg searches such files by their times and does not find the place.
/// </summary>
internal sealed class JumpingClock
{
    // A decoder needs the tables of a transport stream before its first picture; they come several times a second.
    private const double TablesSeconds = 1;

    // The clock of these containers has 33 bits at 90 kHz. ffprobe lengthens it where it begins again; ffmpeg, begun in the middle, must not.
    private const double WrapSeconds = (1L << 33) / 90000.0;

    private readonly PacketTime[] _packets; // in file order
    private readonly double _latest;

    private JumpingClock(PacketTime[] packets) => (_packets, _latest) = (packets, packets.Max(packet => packet.Start));

    /// <summary>Reads the clock of a picture; null if it does not jump.</summary>
    /// <exception cref="MediaException">ffprobe stalled or crashed.</exception>
    public static async Task<JumpingClock?> ReadAsync(MediaInfo film, VideoStreamInfo picture, FfmpegPrograms programs, CancellationToken cancellationToken)
    {
        if (!PacketProbe.MayJump(film))
        {
            return null;
        }

        IReadOnlyList<PacketTime> packets = await PacketProbe
            .ReadAsync(film, picture.Index, from: null, programs, FfmpegProcess.DefaultStallTimeout, cancellationToken).ConfigureAwait(false);
        return packets.Any(packet => packet.Offset != 0) && packets.All(packet => packet.Position is not null) ? new JumpingClock([.. packets]) : null;
    }

    /// <summary>The place of a moment.</summary>
    /// <param name="seconds">Seconds on the clock without jumps, which begins where the container's does.</param>
    /// <returns>Where ffmpeg begins to read, and the moment on the container's clock there.</returns>
    public (string[] Arguments, double Seconds) Find(double seconds)
    {
        double moment = Math.Clamp(seconds, _packets[0].Start, _latest);
        int shown = Array.FindLastIndex(_packets, packet => packet.Start <= moment);
        double offset = _packets[shown].Offset;
        int first = Array.FindLastIndex(_packets, shown, packet => packet.Offset != offset) + 1;
        int key = Array.FindLastIndex(_packets, shown, shown - first + 1, packet => packet.IsKey && packet.Start <= moment);
        double tables = _packets[Math.Max(first, key)].Start - TablesSeconds;
        int begin = Array.FindLastIndex(_packets, Math.Max(first, key), Math.Max(first, key) - first + 1, packet => packet.Start <= tables);

        // The tables of a part that was joined stand before its first picture: behind the last one of the part before.
        long position = begin >= 0 ? _packets[begin].Position!.Value : first > 0 ? _packets[first - 1].Position!.Value + 1 : 0;
        double there = (moment - offset) % WrapSeconds;
        return (
            ["-skip_initial_bytes", FormattableString.Invariant($"{position}"), "-correct_ts_overflow", "0"], there < 0 ? there + WrapSeconds : there);
    }
}
