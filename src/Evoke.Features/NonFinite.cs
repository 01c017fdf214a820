using System.Numerics.Tensors;

namespace Evoke.Features;

/// <summary>Finds numbers that are infinite or not numbers.</summary>
/// <remarks>Thread-safe: without state.</remarks>
internal static class NonFinite
{
    /// <summary>The index of the first; null if all are finite.</summary>
    public static int? FirstIn(float[] values)
    {
        // One vectorised sum for the usual case. It may also overflow with finite numbers, so the search decides.
        int bad = float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(values)) ? -1 : Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0 ? null : bad;
    }
}
