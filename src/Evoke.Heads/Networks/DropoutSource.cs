using Evoke.Curves.Randomness;

namespace Evoke.Heads.Networks;

/// <summary>Decides what one head's dropout leaves out: a function of a seed and of how many masks were drawn since it was set. No other head changes
/// it.</summary>
/// <remarks>One thread at a time.</remarks>
/// <param name="share">The share of the numbers that is set to 0 in training, in [0, 1); the others are divided by 1 - share.</param>
public sealed class DropoutSource(double share)
{
    private long _seed;
    private long _drawn;

    /// <summary>The share of the numbers that is set to 0 in training.</summary>
    public double Share => share;

    /// <summary>Starts over from a seed: the same seed before the same passes leaves out the same numbers.</summary>
    public void Restart(long seed) => (_seed, _drawn) = (seed, 0);

    /// <summary>The seed of the next mask, or of the next masks of one module.</summary>
    internal uint NextSeed() => (uint)CounterRandom.For(_seed, RandomPurpose.Dropout, index: _drawn++).NextBits();
}
