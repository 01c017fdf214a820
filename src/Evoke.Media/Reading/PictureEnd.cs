using Evoke.Media.Containers;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Probing;

namespace Evoke.Media.Reading;

/// <summary>When a picture ends: when its last decoded frame is shown, and for how long.</summary>
/// <remarks>
/// The rule (docs/media.md): a picture is as long as its decoded frames. The last of them is shown for as long as its own packet says in containers that say it
/// (MP4, QuickTime, Matroska, GIF, APNG; in Ogg, the last page), and as long as the frames before it elsewhere. In Matroska, whose frames rarely have a length
/// of their own, the last picture of a whole file stays until the time at which the track ends by its tag. The length that a container states is never used
/// in any other way.
/// </remarks>
internal sealed class PictureEnd(MediaInfo info, VideoStreamInfo picture, FfmpegPrograms programs, TimeSpan stallTimeout)
{
    private const double DefaultFrameSeconds = 0.04;
    private const double ShortestFrameSeconds = 0.002;

    // Rates above this are container clocks (1000, 90000), not frame rates.
    private const double LargestFrameRate = 480;

    // How far the container's rate may differ from the decoded one and still be considered the more exact.
    private const double RateAgreement = 0.2;

    // Key frames come at least this often.
    private const double LongestRepetitionSeconds = 30;

    // Packets are searched from this long before the last frame: the container's clock may differ slightly from ours.
    private const double LookBackSeconds = 1;

    /// <summary>The end of a picture whose frames were decoded, in seconds after its first frame.</summary>
    /// <param name="times">When its frames are shown.</param>
    /// <param name="first">When the first of them is shown, in seconds on the container's clock.</param>
    /// <param name="cancellationToken">Stops ffprobe at once.</param>
    public async Task<double> DecodedAsync(PictureTimes times, double first, CancellationToken cancellationToken)
    {
        double usual = Usual(times.UsualInterval());
        double last = first + times.Last;
        double shown = TellsDurations && !ToldToLast(last, usual)
            ? await LastFrameAsync(last, usual, cancellationToken).ConfigureAwait(false)
            : Math.Max(usual, RepeatedSeconds(last));
        return Unrounded(times.Last + shown);
    }

    /// <summary>The end of a picture that was not decoded, by its packets; null if they have no times.</summary>
    /// <param name="first">When its first frame is shown, in seconds on the container's clock.</param>
    /// <param name="cancellationToken">Stops ffprobe at once.</param>
    public async Task<double?> UndecodedAsync(double first, CancellationToken cancellationToken)
    {
        IReadOnlyList<PacketTime> packets = await PacketProbe
            .ReadAsync(info, picture.Index, IsIndexed && ToldEnd is { } told ? told - LookBackSeconds : null, programs, stallTimeout, cancellationToken)
            .ConfigureAwait(false);
        if (packets.Count == 0)
        {
            return picture.DurationSeconds;
        }

        PacketTime last = packets.MaxBy(packet => packet.Start);
        double shown = Math.Max(last.Duration is { } own && own >= ShortestFrameSeconds ? own : Usual(null), RepeatedSeconds(last.Start));
        return last.Start + shown - first is var end and > 0 ? Unrounded(TaggedEnd(last) is { } tagged ? Math.Max(end, tagged - first) : end) : null;
    }

    // Theora codes a picture that does not change as an empty packet, which ffmpeg skips; only the last page of the Ogg file shows it. 0 for others.
    private double RepeatedSeconds(double last) =>
        info.Format == "ogg" && ToldEnd is { } told && told > last && told - last <= LongestRepetitionSeconds ? told - last : 0;

    private double? ToldEnd => picture.StartSeconds + picture.DurationSeconds;

    // The container and the decoded frames agree, so the last frame has the same duration as the others.
    private bool ToldToLast(double last, double usual) =>
        ToldEnd is { } told && Math.Abs(told - (last + usual)) <= 1.5 * Math.Max(ShortestFrameSeconds, Math.Min(picture.TickSeconds, usual / 4));

    private async Task<double> LastFrameAsync(double last, double usual, CancellationToken cancellationToken)
    {
        IReadOnlyList<PacketTime> packets = await PacketProbe
            .ReadAsync(info, picture.Index, IsIndexed ? last - LookBackSeconds : null, programs, stallTimeout, cancellationToken)
            .ConfigureAwait(false);
        if (packets.Count == 0)
        {
            return usual;
        }

        PacketTime packet = packets.MinBy(candidate => Math.Abs(candidate.Start - last));
        if (Math.Abs(packet.Start - last) > Math.Max(ShortestFrameSeconds, 2 * picture.TickSeconds))
        {
            return usual;
        }

        double own = packet.Duration is { } duration && duration >= ShortestFrameSeconds ? duration : usual;
        bool isLast = packets.All(other => other.Start <= packet.Start);
        return isLast && TaggedEnd(packet) is { } end ? Math.Max(own, end - last) : own;
    }

    private double? TaggedEnd(PacketTime last) =>
        IsMatroska && ToldEnd > last.Start && ContainerStructure.Of(info.Path, info.Format).Wholeness == Wholeness.Whole ? ToldEnd : null;

    private bool IsMatroska => info.Format.StartsWith("matroska", StringComparison.Ordinal);

    private bool IsIndexed => IsMatroska || info.Format.StartsWith("mov,", StringComparison.Ordinal);

    // Every frame has its duration; repeated frames are empty, and ffmpeg skips them.
    private bool HasFixedRate => info.Format is "avi" or "ogg";

    // Other containers say nothing about single frames: ffprobe guesses.
    private bool TellsDurations => IsIndexed || info.Format is "gif" or "apng";

    // Where the container rounds times to milliseconds, 360 frames at 30 Hz end at 12.0003 s and would cover 13 seconds: the whole number of frames is correct.
    private double Unrounded(double end)
    {
        if (picture.FrameRate is not { } rate || rate > LargestFrameRate)
        {
            return end;
        }

        double whole = Math.Round(end * rate) / rate;
        return Math.Abs(whole - end) * 1e6 <= ClockTolerance.Microseconds(picture) ? whole : end;
    }

    private double Usual(double? decoded)
    {
        double? told = picture.FrameRate is { } rate && rate <= LargestFrameRate ? 1 / rate : null;
        bool isTold = told is { } t && (HasFixedRate || decoded is null || Math.Abs(t - decoded.Value) <= RateAgreement * decoded.Value);
        return isTold ? told!.Value : decoded is { } interval && interval >= ShortestFrameSeconds ? interval : told ?? DefaultFrameSeconds;
    }
}
