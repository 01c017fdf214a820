using System.Globalization;
using System.Text.RegularExpressions;

namespace Evoke.Curves.Export.Markers;

/// <summary>SMPTE timecodes as editing programs write them (SMPTE ST 12-1).</summary>
/// <remarks>
/// Frames are counted at the film's exact rate and numbered at the nearest whole rate: 23.976 frames per second (24000/1001) as 24, 29.97 as 30.
/// At 29.97 and 59.94, drop-frame timecode skips two or four numbers every minute, except every tenth minute, to stay in step with the clock.
/// Immutable and thread-safe.
/// </remarks>
public sealed partial record Timecode
{
    private const double UnknownRate = 25;
    private const double LargestRate = 1000;

    // "29.97" and "23.976" stand for 30000/1001 and 24000/1001.
    private const double RateAgreement = 4e-4;

    // Times have rounding errors: a time up to a millionth of a frame before a frame counts as that frame.
    private const double Rounding = 1e-6;

    private readonly double _numerator;
    private readonly double _denominator;

    private Timecode(double numerator, double denominator, bool? dropFrame)
    {
        (_numerator, _denominator) = (numerator, denominator);
        FramesPerSecond = Math.Max(1, (int)Math.Round(numerator / denominator));
        IsDropFrame = CanDrop(FramesPerSecond, denominator) && (dropFrame ?? true);
    }

    /// <summary>Frames counted per second: the film's rate rounded, at least 1 (24 for 23.976, 30 for 29.97).</summary>
    public int FramesPerSecond { get; }

    /// <summary>Frames per second (Hz), exact for n × 1000/1001: 30000/1001 for 29.97.</summary>
    public double Rate => _numerator / _denominator;

    /// <summary>True if frame numbers are skipped so that timecodes follow the clock; then ';' precedes the frames.</summary>
    public bool IsDropFrame { get; }

    /// <summary>The timecode of the film's first frame, as a number of frames; null if the file has none, so that each export uses its own default.</summary>
    public long? StartFrame { get; private init; }

    /// <summary>Creates the timecodes of a film.</summary>
    /// <param name="frameRate">Frames per second (Hz); 25 is used where it is unknown. 29.97 and similar rates are read as n × 1000/1001.</param>
    /// <param name="dropFrame">Whether to use drop-frame at 29.97 and 59.94; null for true. Other rates have no drop-frame.</param>
    public static Timecode For(double? frameRate, bool? dropFrame = null)
    {
        double rate = frameRate is > 0 and < LargestRate ? frameRate.Value : UnknownRate;
        double whole = Math.Max(1, Math.Round(rate));
        return Math.Abs(rate - (whole * 1000 / 1001)) <= rate * RateAgreement ? new Timecode(whole * 1000, 1001, dropFrame)
            : Math.Abs(rate - whole) <= rate * RateAgreement ? new Timecode(whole, 1, dropFrame)
            : new Timecode(rate, 1, dropFrame);
    }

    /// <summary>Creates the timecodes of a film from the start timecode in its file: its <c>timecode</c> tag or <c>tmcd</c> track.</summary>
    /// <param name="frameRate">As for <see cref="For"/>.</param>
    /// <param name="start">"HH:MM:SS:FF", or "HH:MM:SS;FF" for drop-frame; null or any other text if the file has no start timecode.</param>
    public static Timecode StartingAt(double? frameRate, string? start)
    {
        if (start is null || Form().Match(start) is not { Success: true } match)
        {
            return For(frameRate);
        }

        Timecode timecode = For(frameRate, match.Groups["mark"].Value is ";" or ".");
        return timecode with { StartFrame = timecode.FrameOf(Number("h"), Number("m"), Number("s"), Number("f")) };

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The frame on screen at a time: <c>floor(seconds × rate)</c>, at the exact rate; the time of a frame gives that frame.</summary>
    /// <param name="seconds">Seconds after the first frame; times before it count as 0.</param>
    public long FrameAt(double seconds) => (long)Math.Floor((Math.Max(0, seconds) * _numerator / _denominator) + Rounding);

    /// <summary>The timecode of a time, counted from 0: <see cref="Text"/> of <see cref="FrameAt"/>.</summary>
    public string At(double seconds) => Text(FrameAt(seconds));

    /// <summary>HH:MM:SS:FF of a number of frames, HH:MM:SS;FF for drop-frame; after 24 hours it starts again at 0.</summary>
    public string Text(long frames)
    {
        long number = IsDropFrame ? frames + Dropped(frames) : frames;
        (long whole, long rest) = Math.DivRem(number, FramesPerSecond);
        char mark = IsDropFrame ? ';' : ':';
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 3600 % 24:00}:{whole / 60 % 60:00}:{whole % 60:00}{mark}{rest:00}");
    }

    /// <summary>The number of frames before a timecode: the inverse of <see cref="Text"/>.</summary>
    /// <param name="hours">0 or more.</param>
    /// <param name="minutes">0 to 59.</param>
    /// <param name="seconds">0 to 59.</param>
    /// <param name="frames">0 to the rate minus 1.</param>
    public long FrameOf(int hours, int minutes, int seconds, int frames)
    {
        long minute = (hours * 60L) + minutes;
        long number = (((minute * 60) + seconds) * FramesPerSecond) + frames;
        return IsDropFrame ? number - (DroppedPerMinute * (minute - (minute / 10))) : number;
    }

    private int DroppedPerMinute => FramesPerSecond / 15;

    private static bool CanDrop(int framesPerSecond, double denominator) => denominator > 1 && framesPerSecond is 30 or 60;

    // The number of frame numbers skipped before a frame.
    private long Dropped(long frames)
    {
        int dropped = DroppedPerMinute;
        int minute = (60 * FramesPerSecond) - dropped;
        (long tens, long rest) = Math.DivRem(frames, (10 * minute) + dropped);
        return (9 * dropped * tens) + (dropped * Math.Max(0, (rest - dropped) / minute));
    }

    [GeneratedRegex(@"^(?<h>\d\d):(?<m>[0-5]\d):(?<s>[0-5]\d)(?<mark>[:;.])(?<f>\d\d)$")]
    private static partial Regex Form();
}
