using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum, by torch's formulas (dampening 0).</summary>
internal sealed unsafe class Sgd : Optimizer
{
    private readonly SgdOptions _options;

    /// <summary>Creates the optimizer.</summary>
    public Sgd(IEnumerable<NamedParameter> parameters, double learningRate, SgdOptions options)
        : base(parameters, learningRate, "momentum_buffer") => _options = options;

    private protected override void UpdateOnCpu(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state)
    {
        float* w = ParallelKernel.PointerTo(weight);
        float* g = ParallelKernel.PointerTo(gradient);
        float* b = ParallelKernel.PointerTo(state[0].Value);
        float rate = (float)LearningRate, momentum = (float)_options.Momentum, decay = (float)_options.WeightDecay;
        bool nesterov = _options.Nesterov;
        ParallelKernel.Run(weight.numel(), (from, to) => Update(w, g, b, from, to, rate, momentum, decay, nesterov));
    }

    private protected override void UpdateAnywhere(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state)
    {
        Tensor buffer = state[0].Value;
        Tensor decayed = gradient + (_options.WeightDecay * weight);
        buffer.mul_(_options.Momentum).add_(decayed);
        weight.add_(_options.Nesterov ? decayed + (_options.Momentum * buffer) : buffer, -LearningRate);
    }

    // torch starts the buffer as the first gradient; a zero buffer times momentum plus the gradient is the same.
    private static void Update(float* w, float* g, float* b, long from, long to, float rate, float momentum, float decay, bool nesterov)
    {
        int width = Vector<float>.Count;
        long i = from;
        for (; i + width <= to; i += width)
        {
            Vector<float> weight = Unsafe.ReadUnaligned<Vector<float>>(w + i);
            Vector<float> gradient = Unsafe.ReadUnaligned<Vector<float>>(g + i) + (decay * weight);
            Vector<float> buffer = (momentum * Unsafe.ReadUnaligned<Vector<float>>(b + i)) + gradient;
            Unsafe.WriteUnaligned(b + i, buffer);
            Unsafe.WriteUnaligned(w + i, weight - (rate * (nesterov ? gradient + (momentum * buffer) : buffer)));
        }

        for (; i < to; i++)
        {
            float gradient = g[i] + (decay * w[i]);
            b[i] = (momentum * b[i]) + gradient;
            w[i] -= rate * (nesterov ? gradient + (momentum * b[i]) : b[i]);
        }
    }
}
