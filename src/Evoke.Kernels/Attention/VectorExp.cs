using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Kernels.Attention;

/// <summary>The exponential of 16 numbers at once, to within 2 units in the last place, for numbers not above 0.</summary>
internal static class VectorExp
{
    // e^x = 2^n 2^f with n whole and |f| <= 1/2; log2(e) in two parts, so that f keeps its last bits.
    private const float Log2E = 1.44269502f;
    private const float Log2ERest = 1.92596299e-8f;

    // Below this, 2^n leaves the range of float32: the result is 0, as it is for minus infinity.
    private const float Lowest = -126f;

    // ln(2)^k / k!: the series of 2^f, whose first term left out is below 2e-8 for |f| <= 1/2.
    private const float C1 = 0.693147181f;
    private const float C2 = 0.240226507f;
    private const float C3 = 0.0555041087f;
    private const float C4 = 0.00961812911f;
    private const float C5 = 0.00133335581f;
    private const float C6 = 0.000154035304f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> whole = Avx512F.RoundScale(x * Log2E, 0);
        Vector512<float> fraction = Avx512F.FusedMultiplyAdd(x, Vector512.Create(Log2E), -whole);
        fraction = Avx512F.FusedMultiplyAdd(x, Vector512.Create(Log2ERest), fraction);
        Vector512<float> power = Avx512F.FusedMultiplyAdd(Vector512.Create(C6), fraction, Vector512.Create(C5));
        power = Avx512F.FusedMultiplyAdd(power, fraction, Vector512.Create(C4));
        power = Avx512F.FusedMultiplyAdd(power, fraction, Vector512.Create(C3));
        power = Avx512F.FusedMultiplyAdd(power, fraction, Vector512.Create(C2));
        power = Avx512F.FusedMultiplyAdd(power, fraction, Vector512.Create(C1));
        power = Avx512F.FusedMultiplyAdd(power, fraction, Vector512<float>.One);
        return Vector512.ConditionalSelect(Vector512.LessThan(whole, Vector512.Create(Lowest)), Vector512<float>.Zero, Avx512F.Scale(power, whole));
    }
}
