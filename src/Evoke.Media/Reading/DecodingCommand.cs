using System.Globalization;
using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Reading;

/// <summary>ffmpeg's arguments for a <see cref="DecodingPlan"/>.</summary>
internal static class DecodingCommand
{
    /// <summary>Seconds added to all times of a process that decodes one modality alone: NUT has no negative times.</summary>
    public const double AloneShiftSeconds = 3600;

    // The unit of all times of a picture.
    private const string Microseconds = PictureFilters.Microseconds;

    // A stream that starts late makes ffmpeg buffer the others' packets. Beyond this size it fails, and the modalities are decoded separately.
    private const int QueuedBytes = 16 * 1024 * 1024;
    private const int QueuedPackets = 256;

    /// <summary>The arguments without the program's name.</summary>
    public static IReadOnlyList<string> For(DecodingPlan plan)
    {
        List<string> arguments = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", .. MediaFile.SafetyArguments];
        AddInput(arguments, plan);
        if (plan.Picture is { } picture)
        {
            AddTimes(arguments, plan, picture);
        }

        if (plan is { Frames: true, Picture: { } shown, Options.Frames: { } spec })
        {
            AddFrames(arguments, shown, spec, plan.ToneMap);
        }

        if (plan.Sound is { } sound)
        {
            AddSound(arguments, plan, sound);
        }

        arguments.AddRange(
        [
            "-map_metadata", "-1", "-map_chapters", "-1", "-max_interleave_delta", "500000",
            "-muxing_queue_data_threshold", Text(QueuedBytes), "-max_muxing_queue_size", Text(QueuedPackets),
            "-write_index", "0", "-f", "nut", "pipe:1",
        ]);
        return arguments;
    }

    private static void AddInput(List<string> arguments, DecodingPlan plan)
    {
        if (plan.Options.ThreadsFor(plan.Info) is var threads and > 0)
        {
            arguments.AddRange(["-filter_threads", Text(threads), "-threads", Text(threads)]);
        }

        if (plan.Picture is { } picture)
        {
            arguments.AddRange(RacingDecoders.OneThread(picture));
        }

        if (plan.Picture is not null)
        {
            // When the picture changes its size midway, the same filters are kept so that their clock continues; scale adapts to it.
            arguments.AddRange(["-reinit_filter:v", "0"]);
        }

        if (plan is { Picture: not null, Frames: false })
        {
            // Only the beginning of the picture is wanted.
            arguments.AddRange(["-skip_frame:v", "nokey"]);
        }

        if (plan.Alone)
        {
            arguments.Add("-copyts");
        }

        arguments.AddRange(["-max_error_rate", "1", "-noautorotate", .. plan.Info.InputArguments, "-i", MediaFile.Argument(plan.Info.Path)]);
    }

    // One grey pixel of each source frame (cropping costs nothing): it carries the frame's time, which gives the exact beginning and end of the picture.
    private static void AddTimes(List<string> arguments, DecodingPlan plan, VideoStreamInfo picture)
    {
        string shift = plan.Alone ? FormattableString.Invariant($",setpts=PTS+{AloneShiftSeconds * 1e6:0}") : "";
        arguments.AddRange(
        [
            "-map", "0:" + Text(picture.Index), "-filter:v:0", $"{Microseconds}{shift},crop=1:1:0:0:exact=1,format=gray",
            "-c:v:0", "rawvideo", "-enc_time_base:v:0", "1:1000000", "-b:v:0", "1M",
        ]);
    }

    private static void AddFrames(List<string> arguments, VideoStreamInfo picture, FrameSpec spec, bool toneMap)
    {
        // fps with round=up gives, for each k, the last frame that began at or before k / rate.
        string pick = FormattableString.Invariant(
            $"{Microseconds},setpts=PTS-STARTPTS-{ClockTolerance.Microseconds(picture)},fps=fps={FrameRate.From(spec.Rate)}:round=up");
        arguments.AddRange(
        [
            "-map", "0:" + Text(picture.Index), "-filter:v:1", PictureFilters.Frame(picture, pick, spec, toneMap),
            "-c:v:1", "rawvideo", "-b:v:1", "1M",
        ]);
    }

    private static void AddSound(List<string> arguments, DecodingPlan plan, AudioStreamInfo sound)
    {
        // rematrix_maxval=1: the down-mix is scaled so that it cannot leave [-1,1], as ffmpeg does for integer samples.
        string mix = sound.ChannelLayout is null && sound.Channels > 2 ? Average(sound.Channels) + "," : "";
        string rate = Text(plan.Options.SampleRate);
        string layout = plan.IsStereo ? "stereo" : "mono";
        string shift = plan.Alone ? FormattableString.Invariant($",asetpts=PTS+{AloneShiftSeconds * plan.Options.SampleRate:0}") : "";
        arguments.AddRange(
        [
            "-map", "0:" + Text(sound.Index),
            "-filter:a:0", $"{mix}aresample=rematrix_maxval=1,aformat=sample_fmts=flt:sample_rates={rate}:channel_layouts={layout}{shift}",
            "-c:a:0", "pcm_f32le",
        ]);
    }

    // Channels with unknown positions have equal weights.
    private static string Average(int channels)
    {
        double share = 1.0 / channels;
        IEnumerable<string> terms = Enumerable.Range(0, channels).Select(c => string.Create(CultureInfo.InvariantCulture, $"{share:0.######}*c{c}"));
        return "pan=mono|c0=" + string.Join('+', terms);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
