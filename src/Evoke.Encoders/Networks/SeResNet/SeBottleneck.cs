using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.SeResNet;

/// <summary>A residual block of three convolutions whose output channels are weighed before the addition.</summary>
internal sealed class SeBottleneck : IDisposable
{
    /// <summary>Channels out per plane.</summary>
    public const int Expansion = 4;

    /// <summary>The batch normalisations' guard against a variance of 0.</summary>
    public const double Epsilon = 1e-5;

    private readonly ConvolutionLayer _conv1;
    private readonly ConvolutionLayer _conv2;
    private readonly ConvolutionLayer _conv3;
    private readonly SqueezeExcitation _excitation;
    private readonly ConvolutionLayer? _downsample;

    /// <summary>Reads a block.</summary>
    /// <param name="parameters">"layerN.M".</param>
    /// <param name="config">The network.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="planes">64 in the first stage, twice as many in each later one; channels out are four times as many.</param>
    /// <param name="stride">2 where a stage halves its picture.</param>
    /// <param name="placement">Where it runs.</param>
    public SeBottleneck(ParameterReader parameters, SeResNetConfig config, long inputs, long planes, long stride, NetworkPlacement placement)
    {
        long width = planes * config.GroupWidth / 64 * config.Groups;
        long outputs = planes * Expansion;
        (long pointStride, long spatialStride) = config.StridesInPointConvolution ? (stride, 1L) : (1L, stride);
        _conv1 = Read("conv1", "bn1", inputs, width, new ConvolutionShape(1, 1) { Stride = pointStride }, Activation.Relu);
        _conv2 = Read("conv2", "bn2", width, width, ConvolutionShape.Same(3, 3) with { Stride = spatialStride, Groups = config.Groups }, Activation.Relu);
        _conv3 = Read("conv3", "bn3", width, outputs, new ConvolutionShape(1, 1), Activation.None);
        _excitation = new SqueezeExcitation(parameters["se_module"], outputs, placement);
        if (stride != 1 || inputs != outputs)
        {
            ParameterReader downsample = parameters["downsample"];
            _downsample = ConvolutionLayer.ReadNormalised(
                downsample[0], downsample[1], inputs, outputs, new ConvolutionShape(1, 1) { Stride = stride }, Epsilon, placement, Activation.None);
        }

        ConvolutionLayer Read(string convolution, string norm, long from, long to, ConvolutionShape shape, Activation activation) =>
            ConvolutionLayer.ReadNormalised(parameters[convolution], parameters[norm], from, to, shape, Epsilon, placement, activation);
    }

    /// <summary>[B, inputs, H, W] to [B, 4 * planes, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor maps)
    {
        Tensor residual = _downsample?.Forward(maps) ?? maps;
        Tensor output = _conv3.Forward(_conv2.Forward(_conv1.Forward(maps)));                     // [B, 4 * planes, H', W']
        return residual.addcmul(output, _excitation.Forward(output), 1).relu_();
    }

    public void Dispose()
    {
        _conv1.Dispose();
        _conv2.Dispose();
        _conv3.Dispose();
        _excitation.Dispose();
        _downsample?.Dispose();
    }
}
