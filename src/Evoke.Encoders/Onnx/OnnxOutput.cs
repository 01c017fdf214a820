using System.Numerics.Tensors;

namespace Evoke.Encoders.Onnx;

/// <summary>Turns a network's output into one row for each item: pooling, length 1.</summary>
/// <param name="pooling">What becomes of several tokens or of a map; null to take all numbers of an item as they are.</param>
/// <param name="toLength1">True to scale each row to length 1.</param>
internal sealed class OnnxOutput(OnnxPooling? pooling, bool toLength1)
{
    // The guard of torch's normalize: a row of zeros stays zeros.
    private const float SmallestLength = 1e-12f;

    /// <summary>True if each row is scaled to length 1.</summary>
    public bool ToLength1 => toLength1;

    /// <summary>The forms of output that the pooling takes, for messages.</summary>
    public string Expected => pooling switch
    {
        null => "[N, D], or [N, D, ...] with fixed extents",
        OnnxPooling.Map => "a map, [N, D, ...]",
        OnnxPooling.MeanPatches => "tokens, [N, 2 or more, D]",
        _ => "tokens, [N, tokens, D]",
    };

    /// <summary>Numbers for each item; null if the shape leaves it open; 0 or less if such an output does not fit.</summary>
    /// <param name="shape">The output's shape, the batch first; -1 for what is open.</param>
    public int? WidthOf(ReadOnlySpan<int> shape)
    {
        if (shape.Length == 0)
        {
            return null; // A file need not say even how many dimensions there are.
        }

        int width = 1;
        switch (pooling)
        {
            case null:
                for (int i = 1; i < shape.Length; i++)
                {
                    if (shape[i] <= 0)
                    {
                        return null;
                    }

                    width *= shape[i];
                }

                return width;
            case OnnxPooling.Map:
                return shape.Length < 3 ? 0 : Known(shape[1]);
            default:
                return shape.Length != 3 || (pooling == OnnxPooling.MeanPatches && shape[1] == 1) ? 0 : Known(shape[2]);
        }

        static int? Known(int extent) => extent > 0 ? extent : null;
    }

    /// <summary>One row for each item.</summary>
    /// <param name="values">The output, row-major.</param>
    /// <param name="items">Items in the batch.</param>
    /// <param name="width">Numbers for each item.</param>
    /// <returns>Row-major [items, width].</returns>
    public float[] ToRows(float[] values, int items, int width)
    {
        float[] rows = pooling is null ? values : new float[items * width];
        for (int item = 0; item < items; item++)
        {
            Span<float> row = rows.AsSpan(item * width, width);
            if (pooling is not null)
            {
                Pool(values.AsSpan(item * (values.Length / items), values.Length / items), row);
            }

            if (toLength1)
            {
                TensorPrimitives.Divide(row, Math.Max(TensorPrimitives.Norm<float>(row), SmallestLength), row);
            }
        }

        return rows;
    }

    private void Pool(ReadOnlySpan<float> item, Span<float> row)
    {
        if (pooling == OnnxPooling.Map)
        {
            int places = item.Length / row.Length;
            for (int d = 0; d < row.Length; d++)
            {
                row[d] = TensorPrimitives.Sum(item.Slice(d * places, places)) / places;
            }

            return;
        }

        int tokens = item.Length / row.Length;
        int first = pooling == OnnxPooling.MeanPatches ? 1 : 0, end = pooling == OnnxPooling.Cls ? 1 : tokens;
        for (int token = first; token < end; token++)
        {
            TensorPrimitives.Add(row, item.Slice(token * row.Length, row.Length), row);
        }

        TensorPrimitives.Divide(row, end - first, row);
    }
}
