namespace Evoke.Curves;

/// <summary>Emotions over time: one value for each step of a <see cref="TimeGrid"/> and each emotion of an <see cref="EmotionScheme"/>.</summary>
/// <remarks>Values are row-major [steps, emotions], usually in [0,1]. The instance owns its array; do not write to it after construction.</remarks>
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
}
