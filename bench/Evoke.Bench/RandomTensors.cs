using static TorchSharp.torch;

namespace Evoke.Bench;

/// <summary>Tensors to measure with, from a generator of their own.</summary>
internal static class RandomTensors
{
    /// <summary>Normally distributed numbers, float32; the same shape gives the same numbers.</summary>
    public static Tensor Normal(params long[] shape)
    {
        using Generator random = new(1);
        return randn(shape, generator: random);
    }
}
