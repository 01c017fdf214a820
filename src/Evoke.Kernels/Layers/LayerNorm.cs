using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>Layer normalisation over the last dimension, eps 1e-5.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class LayerNorm : IDisposable
{
    private const double Epsilon = 1e-5;

    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly long[] _shape;
    private readonly bool _isOnKernel;

    private LayerNorm(Tensor weight, Tensor bias, NetworkPlacement placement)
    {
        _shape = [weight.shape[0]];
        _isOnKernel = !placement.Device.IsCuda && RowNormalisation.Supports(_shape[0], placement.ActivationType);
        ScalarType type = _isOnKernel ? ScalarType.Float32 : placement.ActivationType;
        _weight = weight.to(type, placement.ResolveDevice(), copy: true).DetachFromDisposeScope();
        _bias = bias.to(type, placement.ResolveDevice(), copy: true).DetachFromDisposeScope();
    }

    /// <summary>Reads <c>weight</c> [width] and <c>bias</c> [width].</summary>
    public static LayerNorm Read(ParameterReader parameters, long width, NetworkPlacement placement)
    {
        using Tensor weight = parameters.Read("weight", width);
        using Tensor bias = parameters.Read("bias", width);
        return new LayerNorm(weight, bias, placement);
    }

    /// <summary>[..., width] to the same shape.</summary>
    public Tensor Forward(Tensor input) =>
        _isOnKernel ? RowNormalisation.Compute(input, _weight, _bias) : nn.functional.layer_norm(input, _shape, _weight, _bias, Epsilon);

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }
}
