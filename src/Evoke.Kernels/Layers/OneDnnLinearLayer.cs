using Evoke.Kernels.OneDnn;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>A linear layer on the CPU whose weight is packed once for oneDNN.</summary>
internal sealed class OneDnnLinearLayer : LinearLayer
{
    private readonly Tensor _packed;
    private readonly Tensor _bias;
    private readonly Activation _activation;

    public OneDnnLinearLayer(Tensor weight, Tensor bias, ScalarType type, Activation activation)
    {
        using Tensor converted = weight.to(type);
        _packed = OneDnnKernels.PackLinear(converted).DetachFromDisposeScope();
        _bias = bias.to(type, copy: true).DetachFromDisposeScope();
        _activation = activation;
    }

    public override Tensor Forward(Tensor input) => OneDnnKernels.Linear(input, _packed, _bias, _activation);

    public override Tensor ForwardAdd(Tensor input, Tensor residual) => OneDnnKernels.LinearAdd(input, _packed, _bias, residual);

    public override void Dispose()
    {
        _packed.Dispose();
        _bias.Dispose();
    }
}
