using Evoke.Curves.Randomness;
using Evoke.Kernels.Recurrent;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>The dropout of one head: a function of a seed and of the number of masks drawn since it was set. Other heads do not affect it.</summary>
/// <remarks>One thread at a time.</remarks>
/// <param name="share">The share of the numbers that is set to 0 in training, in [0, 1); the others are divided by 1 - share.</param>
public sealed class DropoutSource(double share)
{
    private long _seed;
    private long _drawn;

    /// <summary>The share of the numbers that is set to 0 in training.</summary>
    public double Share => share;

    /// <summary>Restarts from a seed: the same seed before the same passes drops the same values.</summary>
    public void Restart(long seed) => (_seed, _drawn) = (seed, 0);

    /// <summary>Drops some of the values and scales the others; for passes in training.</summary>
    /// <param name="values">[..., width], at least two dimensions.</param>
    /// <returns>The same shape and type; the values themselves if <see cref="Share"/> is 0.</returns>
    public Tensor Drop(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (share == 0)
        {
            return values;
        }

        int width = (int)values.shape[^1];
        DropoutMask mask = new(share, NextSeed());
        Tensor factors = mask.ToTensor((int)(values.numel() / width), width, values.device); // [rows, width]
        return values * factors.view(values.shape).to(values.dtype);
    }

    /// <summary>The seed of the next mask, or of the next masks of one module.</summary>
    internal uint NextSeed() => (uint)CounterRandom.For(_seed, RandomPurpose.Dropout, index: _drawn++).NextBits();
}
