namespace Evoke.Curves.Signal;

/// <summary>Smooths label curves over time: the paper's attempt at cleaner targets, kept as an experiment. Immutable and thread-safe.</summary>
/// <remarks>The paper applies it to 1 Hz labels of a clip; the parameters are in steps, whatever the rate.</remarks>
public abstract class LabelFilter
{
    private protected LabelFilter()
    {
    }

    /// <summary>The paper's Butterworth filter: order 2, cutoff 0.2 of the Nyquist frequency, forward and backward, then max(0, ·).</summary>
    public static LabelFilter Butterworth { get; } = new ButterworthFilter();

    /// <summary>The paper's median filter: 3 steps.</summary>
    public static LabelFilter Median { get; } = new MedianFilter();

    /// <summary>The paper's Gaussian filter: sigma of 0.8 steps.</summary>
    public static LabelFilter Gaussian { get; } = new GaussianFilter(0.8);

    /// <summary>Filters one curve.</summary>
    /// <param name="curve">Values in order of time; any number of them.</param>
    /// <returns>The same number of values.</returns>
    public abstract double[] Apply(ReadOnlySpan<double> curve);

    /// <summary>Filters each emotion separately, on a scale from 0 to 1 over its range.</summary>
    /// <returns>New curves of the same scheme and grid. A missing value (NaN) stays missing; its neighbours are filtered as if it lay between them.</returns>
    public EmotionCurves Apply(EmotionCurves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        int emotions = curves.Scheme.Count;
        float[] values = new float[curves.Values.Length];
        double[] column = new double[curves.Grid.Count];
        for (int emotion = 0; emotion < emotions; emotion++)
        {
            CurveRange range = curves.Scheme.Ranges[emotion];
            for (int step = 0; step < column.Length; step++)
            {
                column[step] = (curves[step, emotion] - range.Low) / range.Width;
            }

            double[] filtered = MissingValues.Bridge(column) ? Apply(column) : column;
            for (int step = 0; step < column.Length; step++)
            {
                values[(step * emotions) + emotion] = float.IsNaN(curves[step, emotion]) ? float.NaN : (float)(range.Low + (filtered[step] * range.Width));
            }
        }

        return new EmotionCurves(curves.Scheme, curves.Grid, values);
    }
}
