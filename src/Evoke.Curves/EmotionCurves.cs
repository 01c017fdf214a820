namespace Evoke.Curves;

/// <summary>Emotions over time: one value for each step of a <see cref="TimeGrid"/> and each emotion of an <see cref="EmotionScheme"/>.</summary>
/// <remarks>
/// Values are row-major [steps, emotions], each in its curve's range; NaN where a label is missing. The instance owns its array; do not write to it after
/// construction. Immutable, and thread-safe as long as nobody writes to the array.
/// </remarks>
public sealed class EmotionCurves
{
    private readonly float[] _values; // [T, E]

    /// <summary>Wraps values that are already laid out row by row.</summary>
    /// <param name="scheme">What the columns mean.</param>
    /// <param name="grid">The times of the rows.</param>
    /// <param name="values">Row-major [<c>grid.Count</c>, <c>scheme.Count</c>]; used directly, not copied.</param>
    /// <exception cref="ArgumentException">The number of values is not steps times emotions.</exception>
    public EmotionCurves(EmotionScheme scheme, TimeGrid grid, float[] values)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)grid.Count * scheme.Count)
        {
            throw new ArgumentException(
                $"{grid.Count} steps of {scheme.Count} emotions need {(long)grid.Count * scheme.Count} values; found {values.Length}.", nameof(values));
        }

        Scheme = scheme;
        Grid = grid;
        _values = values;
    }

    /// <summary>What the columns mean.</summary>
    public EmotionScheme Scheme { get; }

    /// <summary>The times of the rows.</summary>
    public TimeGrid Grid { get; }

    /// <summary>All values, row-major [steps, emotions].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The value of one emotion at one step.</summary>
    public float this[int step, int emotion] => _values[(step * Scheme.Count) + emotion];

    /// <summary>All emotions at one step.</summary>
    public ReadOnlySpan<float> Row(int step) => _values.AsSpan(step * Scheme.Count, Scheme.Count);

    /// <summary>A copy of one emotion over all steps: [steps].</summary>
    public float[] Column(int emotion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(emotion);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(emotion, Scheme.Count);
        float[] column = new float[Grid.Count];
        for (int step = 0; step < column.Length; step++)
        {
            column[step] = this[step, emotion];
        }

        return column;
    }

    /// <summary>True if the row at a step has no labels; see <see cref="EmotionScheme.IsGap"/>.</summary>
    public bool IsGap(int step) => Scheme.IsGap(Row(step));

    /// <summary>The same curves with NaN in every row without labels, also in those that the scheme marks with zeros.</summary>
    public EmotionCurves WithMissingGaps() => new(Scheme, Grid, [.. Values.ToArray().Select((value, i) => IsGap(i / Scheme.Count) ? float.NaN : value)]);

    /// <summary>
    /// These curves with the columns of another scheme, found by name; values are converted linearly from this scheme's ranges to the other's.
    /// </summary>
    /// <param name="scheme">Some or all of the curves, in any order.</param>
    /// <returns>This instance if nothing has to be changed.</returns>
    /// <exception cref="ArgumentException">A curve of the other scheme is missing here.</exception>
    public EmotionCurves As(EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        if (scheme.Equals(Scheme))
        {
            return this;
        }

        EmotionScheme chosen = Scheme.Select(scheme.Names);
        int[] columns = [.. scheme.Names.Select(Scheme.IndexOf)];
        float[] values = new float[Grid.Count * scheme.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (int step, int column) = Math.DivRem(i, scheme.Count);
            float value = this[step, columns[column]];
            (CurveRange from, CurveRange to) = (chosen.Ranges[column], scheme.Ranges[column]);
            bool sameRange = from.Low == to.Low && from.High == to.High;
            values[i] = sameRange ? value : (float)(to.Low + ((value - from.Low) / from.Width * to.Width));
        }

        return new EmotionCurves(scheme, Grid, values);
    }
}
