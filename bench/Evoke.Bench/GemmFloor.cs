using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>The fastest matrix product of this machine: a lower bound for networks with as many products.</summary>
internal static class GemmFloor
{
    // Shapes of Swin-L's third stage, where most of its work is.
    private static readonly (int Rows, int Inputs, int Outputs)[] Shapes = [(1568, 768, 3072), (1568, 3072, 768), (1568, 768, 2304)];

    /// <summary>Seconds for a billion operations (a multiplication and an addition are two), in the best of several shapes and kernels.</summary>
    public static double SecondsPerGigaflop(ScalarType type) => Shapes.Min(shape =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = RandomTensors.Normal(shape.Rows, shape.Inputs).to(type);
        Tensor weight = RandomTensors.Normal(shape.Outputs, shape.Inputs);
        Tensor bias = RandomTensors.Normal(shape.Outputs);
        NetworkPlacement placement = new(default, type == ScalarType.BFloat16 ? Kernels.Torch.Precision.BFloat16 : Kernels.Torch.Precision.Float32);
        using LinearLayer packed = LinearLayer.Create(weight, bias, placement, Activation.None);
        Tensor typed = weight.to(type);
        double gigaflops = 2e-9 * shape.Rows * shape.Inputs * shape.Outputs;
        double ours = Measurement.Of(() => packed.Forward(input).Dispose(), 20).Best.TotalSeconds;
        double torchs = Measurement.Of(() => nn.functional.linear(input, typed).Dispose(), 20).Best.TotalSeconds;
        return Math.Min(ours, torchs) / gigaflops;
    });
}
