using Evoke.Kernels.Attention;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>What is added to the scores of a window: the bias of relative positions, and the mask of its kind.</summary>
internal sealed class WindowBias : IDisposable
{
    // libtorch's attention wants a bias for each window of a batch; kept for the largest batch so far.
    private readonly Tensor _windowBias;
    private Tensor? _batchBias;

    /// <summary>Looks up the biases.</summary>
    /// <param name="table">[(2 * window - 1)², heads].</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="placement">Where the attention runs.</param>
    /// <param name="padded">True for <see cref="WindowAttention"/>: float32, with columns that fill up the last vectors.</param>
    public WindowBias(Tensor table, WindowGeometry geometry, NetworkPlacement placement, bool padded)
    {
        using DisposeScope scope = NewDisposeScope();
        KindOf = geometry.Kinds();
        int n = geometry.WindowTokens;
        Tensor index = tensor(WindowGeometry.RelativePositionIndex(geometry.Window));
        Tensor bias = table.index_select(0, index).view(n, n, -1).permute(2, 0, 1);               // [h, N, N]
        Tensor kinds = stack(Enumerable.Range(0, KindOf.Max() + 1).Select(kind => bias + tensor(geometry.Mask(kind), [1, n, n]))); // [kinds, h, N, N]
        Kinds = padded
            ? nn.functional.pad(kinds, [0, WindowAttention.PaddedKeys(n) - n], PaddingModes.Constant, double.NegativeInfinity).DetachFromDisposeScope()
            : kinds.to(placement.ActivationType, placement.TorchDevice).DetachFromDisposeScope();
        _windowBias = padded
            ? empty(0).DetachFromDisposeScope()
            : Kinds.index_select(0, tensor(KindOf, ScalarType.Int64, placement.TorchDevice)).DetachFromDisposeScope(); // [nW, h, N, N]
    }

    /// <summary>One bias for each kind of window: [kinds, heads, N, N or more].</summary>
    public Tensor Kinds { get; }

    /// <summary>The kind of each window of a picture.</summary>
    public int[] KindOf { get; }

    /// <summary>[windows, heads, N, N]; the windows are those of whole pictures, one after another.</summary>
    public Tensor ForWindows(long windows)
    {
        if (Kinds.shape[0] == 1)
        {
            return Kinds.expand(windows, -1, -1, -1);
        }

        if (_batchBias is null || _batchBias.shape[0] < windows)
        {
            _batchBias?.Dispose();
            _batchBias = _windowBias.repeat(windows / KindOf.Length, 1, 1, 1).DetachFromDisposeScope();
        }

        return _batchBias.narrow(0, 0, windows);
    }

    public void Dispose()
    {
        Kinds.Dispose();
        _windowBias.Dispose();
        _batchBias?.Dispose();
    }
}
