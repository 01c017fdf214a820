using System.Globalization;

namespace Evoke.Curves.Export.Markers;

/// <summary>A frame rate of Final Cut Pro's timelines, as a ratio, so that times are whole multiples of a frame: "1001/30000s".</summary>
internal readonly record struct FcpxmlRate(long Numerator, long Denominator)
{
    // The rates of Final Cut Pro's projects, slowest first.
    private static readonly FcpxmlRate[] s_rates =
        [new(24000, 1001), new(24, 1), new(25, 1), new(30000, 1001), new(30, 1), new(50, 1), new(60000, 1001), new(60, 1)];

    /// <summary>Frames per second (Hz).</summary>
    public double Hertz => (double)Numerator / Denominator;

    /// <summary>The slowest rate that is not slower than a film's; 60 for a film that is faster than all.</summary>
    /// <param name="hertz">The film's exact rate.</param>
    public static FcpxmlRate For(double hertz)
    {
        int first = Array.FindIndex(s_rates, rate => rate.Hertz >= hertz);
        return s_rates[first < 0 ? ^1 : first];
    }

    /// <summary>The time of a frame in seconds, as FCPXML writes it: "0s", "60s", "1001/30000s".</summary>
    public string TimeOf(long frame)
    {
        long ticks = frame * Denominator;
        return ticks % Numerator == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{ticks / Numerator}s")
            : string.Create(CultureInfo.InvariantCulture, $"{ticks}/{Numerator}s");
    }
}
