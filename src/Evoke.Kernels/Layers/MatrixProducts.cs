using Evoke.Kernels.OneDnn;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>Matrix products by oneDNN where libtorch would not use it.</summary>
/// <remarks>
/// In bfloat16 libtorch uses oneDNN by itself; in float32 it uses MKL, which gives processors that are not Intel's less than half the rate.
/// Thread-safe: without state.
/// </remarks>
public static class MatrixProducts
{
    // A call through TorchScript costs some 10 µs more than one of libtorch's own: worth it from a few million multiplications on.
    private const long SmallestProduct = 1 << 22;

    /// <summary>True where it pays to call <see cref="OneDnnKernels"/> explicitly for a product of [m, k] and [k, n] on the CPU.</summary>
    public static bool AreOneDnns(ScalarType type, long m, long k, long n) =>
        type == ScalarType.Float32 && m * k * n >= SmallestProduct && OneDnnKernels.Support(ScalarType.Float32);

    /// <summary>a b^T, of [m, k] and [n, k] on the CPU: [m, n].</summary>
    public static Tensor TimesTransposed(Tensor a, Tensor b)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor product = AreOneDnns(a.dtype, a.shape[0], a.shape[1], b.shape[0])
            ? OneDnnKernels.Linear(InRows(a), InRows(b), zeros(b.shape[0]), Activation.None)
            : a.mm(b.t());
        return product.MoveToOuterDisposeScope();
    }

    /// <summary>a b^T, of [m, k] and [n, k] on the CPU, into [m, n].</summary>
    public static void TimesTransposed(Tensor a, Tensor b, Tensor destination)
    {
        using DisposeScope scope = NewDisposeScope();
        if (AreOneDnns(a.dtype, a.shape[0], a.shape[1], b.shape[0]))
        {
            destination.copy_(TimesTransposed(a, b));
        }
        else
        {
            destination.addmm_(a, b.t(), beta: 0);
        }
    }

    // The matrix itself if it is contiguous, else a contiguous copy.
    private static Tensor InRows(Tensor matrix)
    {
        if (matrix.is_contiguous() || matrix.stride(0) != 1)
        {
            return matrix.contiguous();
        }

        using Tensor turned = matrix.t();
        Tensor rows = empty(matrix.shape, matrix.dtype);
        Transposition.Copy(turned, rows);
        return rows;
    }
}
