namespace Evoke.Curves.Moments;

/// <summary>Summary statistics of one emotion over a whole video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EmotionSummary
{
    /// <summary>The opening of a video, in seconds: the time in which most viewers decide to stay or leave.</summary>
    public const double OpeningSeconds = 8;

    /// <summary>Name of the emotion.</summary>
    public required string Emotion { get; init; }

    /// <summary>Mean over the video.</summary>
    public required float Mean { get; init; }

    /// <summary>Highest value.</summary>
    public required float Peak { get; init; }

    /// <summary>Time at which the highest value is first reached, in seconds.</summary>
    public required double PeakSeconds { get; init; }

    /// <summary>Mean over the first <see cref="OpeningSeconds"/>, or over the first third of a video shorter than three times as long.</summary>
    public required float Opening { get; init; }

    /// <summary>Mean between the opening and the end.</summary>
    public required float Middle { get; init; }

    /// <summary>Mean over the last <see cref="OpeningSeconds"/>, or over the last third of a video shorter than three times as long.</summary>
    public required float End { get; init; }

    /// <summary>Summarises each emotion, in the scheme's order.</summary>
    /// <exception cref="ArgumentException">The curves have no step.</exception>
    public static IReadOnlyList<EmotionSummary> Of(EmotionCurves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        int steps = curves.Grid.Count;
        if (steps == 0)
        {
            throw new ArgumentException("A summary needs at least one step; found none.", nameof(curves));
        }

        // Each part has at least one step; a video of one or two steps uses them twice.
        int edge = Math.Max(1, (int)Math.Round(Math.Min(OpeningSeconds * curves.Grid.Rate.Hertz, steps / 3.0)));
        Range middle = steps > 2 * edge ? edge..(steps - edge) : 0..steps;
        return [.. Enumerable.Range(0, curves.Scheme.Count).Select(emotion =>
        {
            float[] curve = curves.Column(emotion);
            float peak = curve.Max();
            return new EmotionSummary
            {
                Emotion = curves.Scheme.Names[emotion],
                Mean = Average(curve),
                Peak = peak,
                PeakSeconds = curves.Grid.SecondsAt(Array.IndexOf(curve, peak)),
                Opening = Average(curve.AsSpan(0, edge)),
                Middle = Average(curve.AsSpan(middle)),
                End = Average(curve.AsSpan(steps - edge)),
            };
        })];
    }

    private static float Average(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return (float)(sum / values.Length);
    }
}
