using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.OneDnn;

/// <summary>A weight in 8-bit whole numbers: weight[o, i] ≈ whole[o, i] * scale[o], whole from -127 to 127.</summary>
internal sealed class PackedInt8Weight : IDisposable
{
    private const int Highest = 127;

    // The guard for an output whose weights are all 0.
    private const double SmallestScale = 1e-12;

    /// <summary>Quantises <paramref name="weight"/> [outputs, inputs], float32.</summary>
    public PackedInt8Weight(Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        Scales = (weight.abs().amax([1]) / Highest).clamp_min(SmallestScale).DetachFromDisposeScope();
        Zeros = zeros(weight.shape[0], ScalarType.Int32).DetachFromDisposeScope();
        Packed = OneDnnInt8Kernels.Pack((weight / Scales.unsqueeze(1)).round().to(ScalarType.Int8)).DetachFromDisposeScope();
    }

    /// <summary>The whole numbers, in oneDNN's own layout.</summary>
    public Tensor Packed { get; }

    /// <summary>[outputs], float32.</summary>
    public Tensor Scales { get; }

    /// <summary>[outputs], all 0: weights are quantised around 0.</summary>
    public Tensor Zeros { get; }

    public void Dispose()
    {
        Packed.Dispose();
        Scales.Dispose();
        Zeros.Dispose();
    }
}
