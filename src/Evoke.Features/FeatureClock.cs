using Evoke.Curves;

namespace Evoke.Features;

/// <summary>
/// Rows of features by time, never by index: features may come on another clock than the model's (the authors' files: picture at 6 Hz, sound at 1/0.96
/// Hz).
/// </summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class FeatureClock
{
    // Equal times on two clocks are equal up to rounding; a tie between two rows goes to the earlier one.
    private const double TieSlack = 1e-9;

    /// <summary>The step that starts nearest to a time; the first or the last where the time is outside.</summary>
    /// <param name="steps">How many steps there are, at least 1.</param>
    /// <param name="rate">Steps per second (Hz).</param>
    /// <param name="seconds">The time, from the start of the picture.</param>
    public static int StepNear(int steps, Rate rate, double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double position = seconds * rate.Hertz;
        double step = Math.Floor(position + 0.5 - (TieSlack * Math.Max(1, position)));
        return (int)Math.Clamp(step, 0, steps - 1);
    }

    /// <summary>The row of <paramref name="features"/> that starts nearest to a time.</summary>
    /// <param name="features">At least one step.</param>
    /// <param name="seconds">The time, from the start of the picture.</param>
    public static ReadOnlySpan<float> RowNear(this FeatureSequence features, double seconds)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Row(StepNear(features.Steps, features.Rate, seconds));
    }
}
