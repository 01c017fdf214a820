using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Evoke.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019), by torch's formulas.</summary>
internal sealed unsafe class Adam : Optimizer
{
    private readonly AdamOptions _options;

    /// <summary>Creates the optimizer.</summary>
    public Adam(IEnumerable<NamedParameter> parameters, double learningRate, AdamOptions options)
        : base(parameters, learningRate, "exp_avg", "exp_avg_sq") => _options = options;

    private protected override void UpdateOnCpu(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state)
    {
        float* w = ParallelKernel.PointerTo(weight);
        float* g = ParallelKernel.PointerTo(gradient);
        float* m = ParallelKernel.PointerTo(state[0].Value);
        float* v = ParallelKernel.PointerTo(state[1].Value);
        Coefficients c = CoefficientsNow();
        ParallelKernel.Run(weight.numel(), (from, to) => Update(w, g, m, v, from, to, c));
    }

    private protected override void UpdateAnywhere(Tensor weight, Tensor gradient, ReadOnlySpan<StateTensor> state)
    {
        Coefficients c = CoefficientsNow();
        Tensor decayed = c.L2 == 0 ? gradient : gradient + (c.L2 * weight);
        weight.mul_(c.Shrink);
        Tensor m = state[0].Value;
        Tensor v = state[1].Value;
        m.add_(decayed - m, 1 - _options.Beta1);
        v.mul_(_options.Beta2).addcmul_(decayed, decayed, 1 - _options.Beta2);
        weight.addcdiv_(m, (v.sqrt() / c.SecondRoot).add_(_options.Epsilon), -c.StepSize);
    }

    private Coefficients CoefficientsNow() => new(
        OneMinusBeta1: (float)(1 - _options.Beta1),
        Beta2: (float)_options.Beta2,
        OneMinusBeta2: (float)(1 - _options.Beta2),
        Epsilon: (float)_options.Epsilon,
        StepSize: (float)(LearningRate / (1 - Math.Pow(_options.Beta1, Steps))),
        SecondRoot: (float)Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps)),
        L2: _options.Decoupled ? 0 : (float)_options.WeightDecay,
        Shrink: _options.Decoupled ? (float)(1 - (LearningRate * _options.WeightDecay)) : 1);

    private static void Update(float* w, float* g, float* m, float* v, long from, long to, in Coefficients c)
    {
        int width = Vector<float>.Count;
        Vector<float> oneMinusBeta1 = new(c.OneMinusBeta1), beta2 = new(c.Beta2), oneMinusBeta2 = new(c.OneMinusBeta2);
        Vector<float> epsilon = new(c.Epsilon), stepSize = new(c.StepSize), secondRoot = new(c.SecondRoot), l2 = new(c.L2), shrink = new(c.Shrink);
        long i = from;
        for (; i + width <= to; i += width)
        {
            Vector<float> weight = Unsafe.ReadUnaligned<Vector<float>>(w + i);
            Vector<float> gradient = Unsafe.ReadUnaligned<Vector<float>>(g + i) + (l2 * weight);
            Vector<float> first = Unsafe.ReadUnaligned<Vector<float>>(m + i);
            first += (gradient - first) * oneMinusBeta1;
            Vector<float> second = (Unsafe.ReadUnaligned<Vector<float>>(v + i) * beta2) + (gradient * gradient * oneMinusBeta2);
            Unsafe.WriteUnaligned(m + i, first);
            Unsafe.WriteUnaligned(v + i, second);
            Unsafe.WriteUnaligned(w + i, (weight * shrink) - (stepSize * first / ((Vector.SquareRoot(second) / secondRoot) + epsilon)));
        }

        for (; i < to; i++)
        {
            float gradient = g[i] + (c.L2 * w[i]);
            m[i] += (gradient - m[i]) * c.OneMinusBeta1;
            v[i] = (v[i] * c.Beta2) + (gradient * gradient * c.OneMinusBeta2);
            w[i] = (w[i] * c.Shrink) - (c.StepSize * m[i] / ((MathF.Sqrt(v[i]) / c.SecondRoot) + c.Epsilon));
        }
    }

    private readonly record struct Coefficients(
        float OneMinusBeta1, float Beta2, float OneMinusBeta2, float Epsilon, float StepSize, float SecondRoot, float L2, float Shrink);
}
