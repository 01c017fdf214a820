using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Evoke.Encoders.Onnx;

/// <summary>Collects the rows of windows, step by step: of several windows in one step their mean or their maximum.</summary>
/// <param name="width">Numbers in a row.</param>
/// <param name="within">What a step takes of several windows.</param>
internal sealed class WindowRows(int width, OnnxWithinStep within)
{
    private readonly List<float> _rows = [];
    private readonly List<int> _windows = [];

    /// <summary>Adds the row of one window.</summary>
    public void Add(int step, ReadOnlySpan<float> row)
    {
        if (step >= _windows.Count)
        {
            CollectionsMarshal.SetCount(_rows, checked((step + 1) * width));
            CollectionsMarshal.AsSpan(_rows)[(_windows.Count * width)..].Clear();
            int before = _windows.Count;
            CollectionsMarshal.SetCount(_windows, step + 1);
            CollectionsMarshal.AsSpan(_windows)[before..].Clear();
        }

        Span<float> own = CollectionsMarshal.AsSpan(_rows).Slice(step * width, width);
        if (_windows[step]++ == 0)
        {
            row.CopyTo(own);
        }
        else if (within == OnnxWithinStep.Max)
        {
            TensorPrimitives.Max(own, row, own);
        }
        else
        {
            TensorPrimitives.Add(own, row, own);
        }
    }

    /// <summary>The rows of the first steps.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="nearest">For a step without a window the step whose window is nearest.</param>
    /// <returns>Row-major [steps, width].</returns>
    public float[] Take(int steps, Func<int, int> nearest)
    {
        float[] taken = new float[checked(steps * width)];
        ReadOnlySpan<float> rows = CollectionsMarshal.AsSpan(_rows);
        for (int step = 0; step < steps; step++)
        {
            int source = step < _windows.Count && _windows[step] > 0 ? step : Math.Min(nearest(step), _windows.Count - 1);
            Span<float> row = taken.AsSpan(step * width, width);
            rows.Slice(source * width, width).CopyTo(row);
            if (within == OnnxWithinStep.Mean && _windows[source] > 1)
            {
                TensorPrimitives.Divide(row, _windows[source], row);
            }
        }

        return taken;
    }
}
