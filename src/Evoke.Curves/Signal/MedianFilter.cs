namespace Evoke.Curves.Signal;

/// <summary>The median of each step and its two neighbours; beyond the ends are zeros, as in scipy's <c>medfilt</c>.</summary>
internal sealed class MedianFilter : LabelFilter
{
    /// <inheritdoc/>
    public override double[] Apply(ReadOnlySpan<double> curve)
    {
        double[] filtered = new double[curve.Length];
        for (int i = 0; i < filtered.Length; i++)
        {
            double before = i == 0 ? 0 : curve[i - 1];
            double after = i == filtered.Length - 1 ? 0 : curve[i + 1];
            filtered[i] = Math.Max(Math.Min(before, after), Math.Min(Math.Max(before, after), curve[i]));
        }

        return filtered;
    }
}
