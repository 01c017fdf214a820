using Evoke.Curves;
using Evoke.Features;

namespace Evoke.Encoders.Onnx;

/// <summary>Where windows of sound lie, and which belongs to which step. Immutable.</summary>
/// <param name="Rate">Steps per second.</param>
/// <param name="SampleRate">Samples per second.</param>
/// <param name="Length">Samples in a window.</param>
/// <param name="HopSeconds">From window to window, the first starting with the film; null for one window for each step.</param>
/// <param name="Place">Where a step's own window lies; without meaning where <paramref name="HopSeconds"/> is given.</param>
internal sealed record SoundWindows(Rate Rate, int SampleRate, int Length, double? HopSeconds, OnnxPlace Place)
{
    /// <summary>The first sample of a window; below 0 if it begins before the film.</summary>
    public long StartOf(long window)
    {
        if (HopSeconds is { } hop)
        {
            return (long)Math.Round(window * hop * SampleRate);
        }

        double start = window / Rate.Hertz * SampleRate, step = SampleRate / Rate.Hertz;
        return (long)Math.Round(Place switch
        {
            OnnxPlace.Start => start,
            OnnxPlace.Centre => start + ((step - Length) / 2),
            _ => start + step - Length,
        });
    }

    /// <summary>The step that a window belongs to: its own, or the one in which its middle lies.</summary>
    public int StepOf(long window) =>
        HopSeconds is null ? checked((int)window) : (int)Math.Floor((StartOf(window) + (Length / 2.0)) / SampleRate * Rate.Hertz);

    /// <summary>How many windows belong to so many steps, at least one: the first step has a window in any case.</summary>
    public long CountFor(int steps)
    {
        if (HopSeconds is not { } hop)
        {
            return steps;
        }

        long count = Math.Max(0, (long)(((steps / Rate.Hertz) - (Length / 2.0 / SampleRate)) / hop) - 1);
        while (StepOf(count) < steps)
        {
            count++;
        }

        return steps == 0 ? 0 : Math.Max(1, count);
    }

    /// <summary>The step of the window whose middle is nearest to the middle of <paramref name="step"/>.</summary>
    /// <param name="step">A step without a window of its own.</param>
    /// <param name="windows">How many windows there are, at least 1.</param>
    public int StepOfNearest(int step, long windows)
    {
        double middle = (step + 0.5) / Rate.Hertz;
        double first = Length / 2.0 / SampleRate;
        int nearest = FeatureClock.StepNear((int)Math.Min(int.MaxValue, windows), new Rate(1 / HopSeconds!.Value), Math.Max(0, middle - first));
        return StepOf(nearest);
    }
}
