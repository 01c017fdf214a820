using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using static TorchSharp.torch;

namespace Evoke.Kernels.Recurrent;

/// <summary>A matrix that each step of a sequence is multiplied by: prepared once for all of them.</summary>
internal sealed class RepeatedFactor : IDisposable
{
    private readonly Tensor _factor; // [n, k] in oneDNN's layout, or a view [k, n]
    private readonly Tensor? _zero;

    /// <summary>Prepares for products a b^T.</summary>
    /// <param name="b">[n, k]; lives longer than this.</param>
    /// <param name="rows">How many rows a will have, about.</param>
    public RepeatedFactor(Tensor b, long rows)
    {
        if (!MatrixProducts.AreOneDnns(b.dtype, rows, b.shape[1], b.shape[0]))
        {
            _factor = b.t().DetachFromDisposeScope();
            return;
        }

        using Tensor whole = b.contiguous();
        _factor = OneDnnKernels.PackLinear(whole).DetachFromDisposeScope();
        _zero = zeros(b.shape[0]).DetachFromDisposeScope();
    }

    /// <summary>a b^T.</summary>
    /// <param name="a">[m, k], contiguous.</param>
    /// <param name="destination">[m, n]: takes the product.</param>
    public void Multiply(Tensor a, Tensor destination)
    {
        if (_zero is null)
        {
            destination.addmm_(a, _factor, beta: 0);
            return;
        }

        using Tensor product = OneDnnKernels.Linear(a, _factor, _zero, Activation.None);
        destination.copy_(product);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _zero?.Dispose();
    }
}
