using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.SeResNet;

/// <summary>Weighs channels by what the whole picture shows: mean, two small layers, sigmoid.</summary>
internal sealed class SqueezeExcitation : IDisposable
{
    private const int Reduction = 16;

    private readonly LinearLayer _fc1;
    private readonly LinearLayer _fc2;

    public SqueezeExcitation(ParameterReader parameters, long channels, NetworkPlacement placement)
    {
        _fc1 = ReadPointwise(parameters["fc1"], channels, channels / Reduction, placement, Activation.Relu);
        _fc2 = ReadPointwise(parameters["fc2"], channels / Reduction, channels, placement, Activation.None);
    }

    /// <summary>The weights of the channels of [B, C, H, W]: [B, C, 1, 1], each in (0,1).</summary>
    public Tensor Forward(Tensor maps)
    {
        Tensor means = maps.mean([2, 3]);                                                         // [B, C]
        return _fc2.Forward(_fc1.Forward(means)).sigmoid_().view(maps.shape[0], maps.shape[1], 1, 1);
    }

    public void Dispose()
    {
        _fc1.Dispose();
        _fc2.Dispose();
    }

    // Cadene writes the two layers as 1x1 convolutions.
    private static LinearLayer ReadPointwise(ParameterReader parameters, long inputs, long outputs, NetworkPlacement placement, Activation activation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = parameters.Read("weight", outputs, inputs, 1, 1);
        return LinearLayer.Create(weight.view(outputs, inputs), parameters.Read("bias", outputs), placement, activation);
    }
}
