using System.Numerics;
using System.Runtime.CompilerServices;

namespace Evoke.Encoders.Signal;

/// <summary>Sum of products of two stretches of a signal.</summary>
/// <remarks>TensorPrimitives.Dot does the same, but is compiled twice before it is fast, which takes longer than a short film.</remarks>
internal static class DotProduct
{
    /// <summary>Sum of a[i] * b[i].</summary>
    /// <param name="a">Some numbers.</param>
    /// <param name="b">At least as many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int width = Vector<float>.Count;
        Vector<float> even = Vector<float>.Zero, odd = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - (2 * width); i += 2 * width)
        {
            even += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
            odd += new Vector<float>(a[(i + width)..]) * new Vector<float>(b[(i + width)..]);
        }

        float sum = Vector.Sum(even + odd);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
