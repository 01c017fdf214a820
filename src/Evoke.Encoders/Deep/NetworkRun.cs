using System.Runtime.InteropServices;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Deep;

/// <summary>Runs a network on arrays and returns an array; no tensor outlives the call.</summary>
internal static class NetworkRun
{
    /// <summary>Features of a batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">The batch, row-major.</param>
    /// <param name="shape">Its shape; -1 for the dimension that follows from the length.</param>
    /// <returns>Row-major [batch, width].</returns>
    public static float[] Features(IFeatureNetwork network, ReadOnlySpan<float> values, long[] shape)
    {
        TorchRuntime.Start();
        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = empty(values.Length);
        values.CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
        Tensor features = network.Forward(input.view(shape)).cpu().contiguous();
        return MemoryMarshal.Cast<byte, float>(features.bytes).ToArray();
    }
}
