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
    public float[] Take(int steps) => Take(steps, null);

    /// <summary>The same of rows that are named by their index, in this order; null for all rows in theirs.</summary>
    public float[] Take(int steps, List<int>? order)
    {
        float[] taken = new float[checked(steps * width)];
        ReadOnlySpan<float> values = CollectionsMarshal.AsSpan(_values);
        int last = (order?.Count ?? Count) - 1;
        for (int step = 0; step < steps && last >= 0; step++)
        {
            int index = Math.Min(step, last);
            values.Slice((order?[index] ?? index) * width, width).CopyTo(taken.AsSpan(step * width));
        }

        return taken;
    }
}
