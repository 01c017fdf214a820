using Evoke.Curves;

namespace Evoke.Encoders.Onnx;

/// <summary>Which pictures make the clip of a step. Immutable.</summary>
/// <param name="Rate">Steps per second.</param>
/// <param name="Frames">Pictures in a clip.</param>
/// <param name="FrameRate">Pictures per second.</param>
/// <param name="Place">Where the clip lies.</param>
internal sealed record ClipClock(Rate Rate, int Frames, double FrameRate, OnnxPlace Place)
{
    // Equal times are equal up to rounding.
    private const double Slack = 1e-9;

    /// <summary>The number of the first picture of a step's clip; below 0 if it begins before the film. Picture j is shown at j / frame rate seconds.</summary>
    public long FirstOf(int step)
    {
        double start = step / Rate.Hertz * FrameRate, end = (step + 1) / Rate.Hertz * FrameRate;
        return Place switch
        {
            // The first picture that is shown at the step's start or later; the last one that is shown before the step's end.
            OnnxPlace.Start => (long)Math.Ceiling(start - Slack),
            OnnxPlace.End => (long)Math.Ceiling(end - Slack) - Frames,
            _ => (long)Math.Floor(((start + end - (Frames - 1)) / 2) + 0.5 - Slack),
        };
    }

    /// <summary>The number of the last picture of a step's clip.</summary>
    public long LastOf(int step) => FirstOf(step) + Frames - 1;
}
