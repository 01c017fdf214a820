using Evoke.Kernels.OneDnn;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>A convolution on the CPU whose weight is packed once for oneDNN. Fastest where channels are last in memory.</summary>
internal sealed class OneDnnConvolutionLayer : ConvolutionLayer
{
    private readonly Tensor _packed;
    private readonly Tensor _bias;
    private readonly ConvolutionShape _shape;
    private readonly Activation _activation;

    public OneDnnConvolutionLayer(Tensor weight, Tensor bias, ConvolutionShape shape, ScalarType type, Activation activation)
    {
        using Tensor converted = weight.to(type);
        _packed = OneDnnKernels.PackConvolution(converted, shape).DetachFromDisposeScope();
        _bias = bias.to(type, copy: true).DetachFromDisposeScope();
        _shape = shape;
        _activation = activation;
    }

    public override Tensor Forward(Tensor input) => OneDnnKernels.Convolution(input, _packed, _bias, _shape, _activation);

    public override void Dispose()
    {
        _packed.Dispose();
        _bias.Dispose();
    }
}
