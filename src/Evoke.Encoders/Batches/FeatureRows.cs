using System.Runtime.InteropServices;

namespace Evoke.Encoders.Batches;

/// <summary>Collects features, row by row.</summary>
internal sealed class FeatureRows(int width)
{
    private readonly List<float> _values = [];

    /// <summary>Rows so far.</summary>
    public int Count => _values.Count / width;

    /// <summary>Adds whole rows.</summary>
    public void Add(ReadOnlySpan<float> rows) => _values.AddRange(rows);

    /// <summary>The first <paramref name="steps"/> rows, [steps, width]; the last one is repeated if there are fewer, zeros if there is none.</summary>
    public float[] Take(int steps)
    {
        float[] taken = new float[checked(steps * width)];
        ReadOnlySpan<float> values = CollectionsMarshal.AsSpan(_values);
        int own = Math.Min(values.Length, taken.Length);
        values[..own].CopyTo(taken);
        for (int at = own; own > 0 && at < taken.Length; at += width)
        {
            values[^width..].CopyTo(taken.AsSpan(at));
        }

        return taken;
    }
}
