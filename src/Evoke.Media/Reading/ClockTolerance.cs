namespace Evoke.Media.Reading;

/// <summary>How late a frame may begin and still count as shown at a given time.</summary>
internal static class ClockTolerance
{
    // Matroska and FLV round every time to a millisecond: of 30 frames a second, the 20th begins at 0.667, not at 2/3.
    private const double CoarsestRounding = 1e-3;
    private const long LeastMicroseconds = 20;

    /// <summary>The tolerance in microseconds: one tick of a clock that rounds. Coarser clocks tick once a frame, exactly.</summary>
    public static long Microseconds(VideoStreamInfo picture) => picture.TickSeconds <= CoarsestRounding * 1.000001
        ? Math.Max(LeastMicroseconds, (long)Math.Ceiling(picture.TickSeconds * 1e6))
        : LeastMicroseconds;
}
