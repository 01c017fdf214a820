using Evoke.Curves;

namespace Evoke.Heads.Affect;

/// <summary>How fast a film is cut, from 0 (one shot) to 1 (shots of no length): exp(-length of the shot / δ), mean over each step.</summary>
internal static class ShotRhythm
{
    /// <summary>Computes the rhythm.</summary>
    /// <param name="cutsPerSecond">Cuts within each step, per second. Where several fall into one step they are assumed to be evenly spaced.</param>
    /// <param name="rate">Steps per second (Hz).</param>
    /// <param name="secondsScale">δ in seconds.</param>
    public static double[] Compute(ReadOnlySpan<float> cutsPerSecond, Rate rate, double secondsScale)
    {
        double[] rhythm = new double[cutsPerSecond.Length];
        List<double> bounds = Bounds(cutsPerSecond, rate);
        if (bounds.Count == 2)
        {
            return rhythm; // no cut: however short the film, it has no rhythm
        }

        for (int shot = 0; shot + 1 < bounds.Count; shot++)
        {
            AddShot(bounds[shot] * rate.Hertz, bounds[shot + 1] * rate.Hertz, Math.Exp((bounds[shot] - bounds[shot + 1]) / secondsScale), rhythm);
        }

        return rhythm;
    }

    // Start of the film, all cuts, end of the film, in seconds.
    private static List<double> Bounds(ReadOnlySpan<float> cutsPerSecond, Rate rate)
    {
        List<double> bounds = [0];
        for (int step = 0; step < cutsPerSecond.Length; step++)
        {
            int cuts = (int)Math.Round(cutsPerSecond[step] / rate.Hertz);
            for (int cut = 0; cut < cuts; cut++)
            {
                bounds.Add((step + ((cut + 0.5) / cuts)) / rate.Hertz);
            }
        }

        bounds.Add(cutsPerSecond.Length / rate.Hertz);
        return bounds;
    }

    // Each step gets the value of a shot for the share of it that the shot fills.
    private static void AddShot(double from, double to, double value, double[] rhythm)
    {
        for (int step = (int)from; step < rhythm.Length && step < to; step++)
        {
            rhythm[step] += value * (Math.Min(to, step + 1) - Math.Max(from, step));
        }
    }
}
