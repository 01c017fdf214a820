namespace Evoke.Media.Reading;

/// <summary>A rate as a ratio of whole numbers, so that k / rate is the same moment for ffmpeg and for us.</summary>
internal readonly record struct FrameRate(long Numerator, long Denominator)
{
    // ffmpeg's own limit when it reads a rate (av_parse_video_rate).
    private const long LargestDenominator = 1_001_000;

    /// <summary>The ratio closest to <paramref name="rate"/>, by continued fractions: 6 is 6/1, 1 / 0.96 is 25/24, 29.97… is 30000/1001.</summary>
    public static FrameRate From(double rate)
    {
        (long n0, long d0, long n1, long d1) = (0, 1, 1, 0);
        double rest = rate;
        while (true)
        {
            long whole = (long)Math.Floor(rest);
            (long n2, long d2) = ((whole * n1) + n0, (whole * d1) + d0);
            if (d2 > LargestDenominator || n2 > int.MaxValue)
            {
                return new FrameRate(n1, d1);
            }

            (n0, d0, n1, d1) = (n1, d1, n2, d2);
            double fraction = rest - whole;
            if (fraction < 1e-9 || Math.Abs(((double)n1 / d1) - rate) <= rate * 1e-13)
            {
                return new FrameRate(n1, d1);
            }

            rest = 1 / fraction;
        }
    }

    /// <summary>When frame <paramref name="k"/> is, in microseconds, rounded down.</summary>
    public long MicrosecondsAt(long k) => (long)((Int128)k * Denominator * 1_000_000 / Numerator);

    /// <summary>The rate in Hz.</summary>
    public double Hertz => (double)Numerator / Denominator;

    /// <summary>As ffmpeg takes it: "25/24".</summary>
    public override string ToString() => FormattableString.Invariant($"{Numerator}/{Denominator}");
}
