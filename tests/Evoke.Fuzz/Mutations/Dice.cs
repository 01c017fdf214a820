using Evoke.Curves.Randomness;

namespace Evoke.Fuzz.Mutations;

/// <summary>The random choices of one input: a function of the campaign's seed, the reader and the input's number.</summary>
internal sealed class Dice
{
    private CounterRandom _random;

    public Dice(long seed, string reader, int input)
    {
        CounterRandom ofReader = CounterRandom.For(seed, RandomPurpose.Fuzzing, reader);
        _random = CounterRandom.For(ofReader.NextSeed(), RandomPurpose.Fuzzing, input);
    }

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public int Below(int count) => _random.NextInt(count);

    /// <summary>A length from 1 to <paramref name="most"/>, mostly short.</summary>
    public int Length(int most) => 1 + Below(Math.Min(most, 1 << Below(12)));

    /// <summary>True once in <paramref name="count"/> times.</summary>
    public bool Once(int count) => Below(count) == 0;

    public ulong Bits() => _random.NextBits();

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
