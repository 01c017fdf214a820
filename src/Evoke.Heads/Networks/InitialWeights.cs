using System.Runtime.InteropServices;
using Evoke.Curves.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>The initial weights of a network: each tensor is a function of a seed and of its name, so no other network, thread or order of creation changes
/// it.</summary>
/// <remarks>
/// libtorch has one generator per process, which TorchSharp's own modules draw from when they are created. Evoke's modules create their parameters here
/// instead and do not use that generator. Immutable and thread-safe.
/// </remarks>
public sealed class InitialWeights
{
    private readonly long? _seed;
    private readonly string _prefix;

    private InitialWeights(long? seed, string prefix) => (_seed, _prefix) = (seed, prefix);

    /// <summary>Zeros, for a network that reads its weights from elsewhere.</summary>
    public static InitialWeights Zero { get; } = new(null, "");

    /// <summary>Random numbers of a seed.</summary>
    public static InitialWeights FromSeed(long seed) => new(seed, "");

    /// <summary>The weights of a module within this network.</summary>
    /// <param name="name">The module's name, which its tensors' names begin with.</param>
    public InitialWeights Under(string name) => new(_seed, $"{_prefix}{name}.");

    /// <summary>Creates a tensor that is uniform in [-1/sqrt(inputs), 1/sqrt(inputs)).</summary>
    /// <remarks>
    /// This is what PyTorch's <c>nn.Linear</c>, <c>nn.Conv1d</c> (<c>kaiming_uniform_</c> with a = sqrt(5)) and <c>nn.GRU</c> (<c>uniform_</c>) start with,
    /// weights and biases. The distribution is PyTorch's; the numbers are Evoke's own.
    /// </remarks>
    /// <param name="name">The tensor's name within its module.</param>
    /// <param name="inputs">The number of inputs of each output: inputs of a linear layer, inputs times kernel size of a convolution, hidden units of a
    /// GRU.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <returns>A float32 parameter on the CPU.</returns>
    public Parameter Uniform(string name, long inputs, params long[] shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        Tensor values = zeros(shape, ScalarType.Float32);
        if (_seed is { } seed)
        {
            Fill(MemoryMarshal.Cast<byte, float>(values.bytes), CounterRandom.For(seed, RandomPurpose.Initialisation, _prefix + name), 1 / Math.Sqrt(inputs));
        }

        return nn.Parameter(values);
    }

    private static void Fill(Span<float> values, CounterRandom random, double bound)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(bound * ((2 * random.NextDouble()) - 1));
        }
    }
}
