using System.Globalization;

namespace Evoke.Curves.Export.Markers;

/// <summary>SMPTE timecodes as editing programs write them: non-drop, frames counted at the nearest whole rate.</summary>
/// <param name="FramesPerSecond">Frames counted per second: the film's rate rounded, at least 1 (24 for 23.976, 30 for 29.97).</param>
public readonly record struct Timecode(int FramesPerSecond)
{
    /// <summary>Counts at the nearest whole rate of a film.</summary>
    /// <param name="frameRate">Frames per second of the film; 25 is used where it is unknown.</param>
    public static Timecode For(double? frameRate) => new(frameRate is > 0 and < 1000 ? Math.Max(1, (int)Math.Round(frameRate.Value)) : 25);

    /// <summary>HH:MM:SS:FF of a time in seconds.</summary>
    public string At(double seconds)
    {
        long frames = (long)Math.Floor((Math.Max(0, seconds) * FramesPerSecond) + 1e-6);
        (long whole, long rest) = Math.DivRem(frames, FramesPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 3600:00}:{whole / 60 % 60:00}:{whole % 60:00}:{rest:00}");
    }
}
