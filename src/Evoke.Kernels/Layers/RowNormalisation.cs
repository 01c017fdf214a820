using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Evoke.Kernels.Attention;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>(x - mean) / sqrt(variance + eps) * weight + bias for rows of bfloat16, on a processor with 512-bit vectors.</summary>
/// <remarks>A row stays in the innermost cache from its mean to its result. Sums are float32.</remarks>
internal static unsafe class RowNormalisation
{
    private const int Lanes = 16;
    private const float Epsilon = 1e-5f;

    /// <summary>True where the processor supports it, for rows of whole vectors.</summary>
    public static bool Supports(long width, ScalarType type) =>
        type == ScalarType.BFloat16 && width % Lanes == 0 && Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>Normalises each row.</summary>
    /// <param name="input">[..., width], bfloat16, contiguous.</param>
    /// <param name="weight">[width], float32.</param>
    /// <param name="bias">[width], float32.</param>
    /// <returns>The shape and type of <paramref name="input"/>.</returns>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor bias)
    {
        int width = (int)weight.shape[0];
        Tensor output = empty(input.shape, input.dtype);
        fixed (byte* from = input.bytes, to = output.bytes, factors = weight.bytes, offsets = bias.bytes)
        {
            (nint source, nint target, nint scale, nint shift) = ((nint)from, (nint)to, (nint)factors, (nint)offsets);
            OpenMpTeam.For(
                (int)(input.numel() / width), (first, end) => ComputeRows((ushort*)source, (ushort*)target, (float*)scale, (float*)shift, width, first, end));
        }

        return output;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeRows(ushort* input, ushort* output, float* weight, float* bias, int width, int first, int end)
    {
        for (long row = first; row < end; row++)
        {
            ushort* from = input + (row * width);
            Vector512<float> mean = Vector512.Create(Mean(from, width));
            Vector512<float> inverse = Vector512.Create(1 / MathF.Sqrt(Variance(from, mean, width) + Epsilon));
            ushort* to = output + (row * width);
            for (int i = 0; i < width; i += Lanes)
            {
                Vector512<float> normal = (BFloat16Vector.Load(from + i) - mean) * inverse;
                BFloat16Vector.Store(Avx512F.FusedMultiplyAdd(normal, Vector512.Load(weight + i), Vector512.Load(bias + i)), to + i);
            }
        }
    }

    // Two sums at once hide the latency of their additions; a row of an odd number of vectors has one left over.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Mean(ushort* row, int width)
    {
        Vector512<float> even = Vector512<float>.Zero, odd = Vector512<float>.Zero;
        int i = 0;
        for (; i <= width - (2 * Lanes); i += 2 * Lanes)
        {
            even += BFloat16Vector.Load(row + i);
            odd += BFloat16Vector.Load(row + i + Lanes);
        }

        if (i < width)
        {
            even += BFloat16Vector.Load(row + i);
        }

        return Vector512.Sum(even + odd) / width;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Variance(ushort* row, Vector512<float> mean, int width)
    {
        Vector512<float> even = Vector512<float>.Zero, odd = Vector512<float>.Zero;
        int i = 0;
        for (; i <= width - (2 * Lanes); i += 2 * Lanes)
        {
            Vector512<float> left = BFloat16Vector.Load(row + i) - mean, right = BFloat16Vector.Load(row + i + Lanes) - mean;
            even = Avx512F.FusedMultiplyAdd(left, left, even);
            odd = Avx512F.FusedMultiplyAdd(right, right, odd);
        }

        if (i < width)
        {
            Vector512<float> last = BFloat16Vector.Load(row + i) - mean;
            even = Avx512F.FusedMultiplyAdd(last, last, even);
        }

        return Vector512.Sum(even + odd) / width;
    }
}
