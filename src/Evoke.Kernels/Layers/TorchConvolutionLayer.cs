using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>A convolution of libtorch's own operators: runs on every device.</summary>
internal sealed class TorchConvolutionLayer(Tensor weight, Tensor bias, ConvolutionShape shape, NetworkPlacement placement, Activation activation)
    : ConvolutionLayer
{
    private readonly Tensor _weight = weight.to(placement.ActivationType, placement.ResolveDevice(), copy: true).DetachFromDisposeScope();
    private readonly Tensor _bias = bias.to(placement.ActivationType, placement.ResolveDevice(), copy: true).DetachFromDisposeScope();

    public override Tensor Forward(Tensor input)
    {
        Tensor output = nn.functional.conv2d(
            input, _weight, _bias, [shape.Stride, shape.Stride], [shape.PaddingHeight, shape.PaddingWidth], groups: shape.Groups);
        return activation switch
        {
            Activation.None => output,
            Activation.Relu => output.relu_(),
            Activation.Gelu => nn.functional.gelu(output),
            _ => throw new InvalidOperationException($"Unknown activation {activation}."),
        };
    }

    public override void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }
}
