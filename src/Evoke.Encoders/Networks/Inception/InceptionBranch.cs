using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Inception;

/// <summary>Steps after each other: poolings, and convolutions with batch normalisation and ReLU (torchvision's BasicConv2d).</summary>
internal sealed class InceptionBranch(NetworkPlacement placement) : IDisposable
{
    private const double Epsilon = 1e-3;

    private readonly List<ConvolutionLayer> _layers = [];
    private readonly List<Func<Tensor, Tensor>> _steps = [];

    /// <summary>Adds a convolution.</summary>
    /// <param name="unit">Has <c>conv</c> and <c>bn</c>.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="shape">The kernel.</param>
    public InceptionBranch Then(ParameterReader unit, long inputs, long outputs, ConvolutionShape shape)
    {
        _steps.Add(Read(unit, inputs, outputs, shape).Forward);
        return this;
    }

    /// <summary>Adds a fork: a 1x3 and a 3x1 convolution of the same input, 384 channels each, side by side.</summary>
    public InceptionBranch ThenFork(ParameterReader row, ParameterReader column)
    {
        ConvolutionLayer first = Read(row, 384, 384, ConvolutionShape.Same(1, 3));
        ConvolutionLayer second = Read(column, 384, 384, ConvolutionShape.Same(3, 1));
        _steps.Add(maps => cat([first.Forward(maps), second.Forward(maps)], 1));                  // [B, 768, H, W]
        return this;
    }

    /// <summary>Adds a 3x3 average that keeps height and width; zeros of the border count.</summary>
    public InceptionBranch ThenAverage()
    {
        _steps.Add(maps => nn.functional.avg_pool2d(maps, 3, 1, 1));
        return this;
    }

    /// <summary>Adds a 3x3 maximum with stride 2.</summary>
    public InceptionBranch ThenHalvingMaximum()
    {
        _steps.Add(maps => nn.functional.max_pool2d(maps, 3, 2));
        return this;
    }

    /// <summary>[B, C, H, W] through every step.</summary>
    public Tensor Forward(Tensor maps) => _steps.Aggregate(maps, (input, step) => step(input));

    public void Dispose() => _layers.ForEach(layer => layer.Dispose());

    private ConvolutionLayer Read(ParameterReader unit, long inputs, long outputs, ConvolutionShape shape)
    {
        _layers.Add(ConvolutionLayer.ReadNormalised(unit["conv"], unit["bn"], inputs, outputs, shape, Epsilon, placement, Activation.Relu));
        return _layers[^1];
    }
}
