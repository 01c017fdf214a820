using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>A linear layer of libtorch's own operators: runs on every device.</summary>
internal sealed class TorchLinearLayer(Tensor weight, Tensor bias, NetworkPlacement placement, Activation activation) : LinearLayer
{
    private readonly Tensor _weight = weight.to(placement.ActivationType, placement.ResolveDevice(), copy: true).DetachFromDisposeScope();
    private readonly Tensor _bias = bias.to(placement.ActivationType, placement.ResolveDevice(), copy: true).DetachFromDisposeScope();

    public override Tensor Forward(Tensor input)
    {
        Tensor output = nn.functional.linear(input, _weight, _bias);
        return activation switch
        {
            Activation.Relu => output.relu_(),
            Activation.Gelu => nn.functional.gelu(output),
            Activation.None => output,
            _ => throw new InvalidOperationException($"Unknown activation {activation}."),
        };
    }

    public override Tensor ForwardAdd(Tensor input, Tensor residual) => nn.functional.linear(input, _weight, _bias).add_(residual);

    public override void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }
}
