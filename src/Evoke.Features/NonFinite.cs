using System.Numerics.Tensors;

namespace Evoke.Features;

/// <summary>Finds features that are infinite or not numbers.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class NonFinite
{
    /// <summary>The index of the first; null if all are finite.</summary>
    /// <param name="values">Any numbers.</param>
    public static int? FirstIn(ReadOnlySpan<float> values)
    {
        // One vectorised sum for the usual case. It may also overflow with finite numbers, so the search decides.
        int bad = float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)) ? -1 : values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return bad < 0 ? null : bad;
    }
}
