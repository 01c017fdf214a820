using Evoke.Curves.Randomness;

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

    /// <summary>The seed of the next mask, or of the next masks of one module.</summary>
    internal uint NextSeed() => (uint)CounterRandom.For(_seed, RandomPurpose.Dropout, index: _drawn++).NextBits();
}
