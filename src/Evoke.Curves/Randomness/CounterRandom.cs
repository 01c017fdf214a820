using System.Text;

namespace Evoke.Curves.Randomness;

/// <summary>Random numbers that are a pure function of their purpose: threads, order and restarts do not change them.</summary>
/// <remarks>
/// splitmix64 (Steele, Lea and Flood, OOPSLA 2014) over a key mixed from the parts. A struct with a counter: a copy continues with the same numbers.
/// </remarks>
public struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    private CounterRandom(ulong state) => _state = state;

    /// <summary>Creates the generator for one purpose at one point of a run.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the numbers are for: different purposes never share numbers.</param>
    /// <param name="epoch">The epoch, or any other outer counter.</param>
    /// <param name="index">The video, step or any other inner counter.</param>
    public static CounterRandom For(long seed, RandomPurpose purpose, long epoch = 0, long index = 0)
    {
        ulong key = Mix((ulong)seed + Golden);
        key = Mix(key ^ (((ulong)purpose + 1) * 0xD1342543DE82EF95));
        key = Mix(key ^ (((ulong)epoch + 1) * 0xDA942042E4DD58B5));
        key = Mix(key ^ (((ulong)index + 1) * 0xAF251AF3B0F025B5));
        return new(key);
    }

    /// <summary>Creates the generator for one purpose and one named object, for example one tensor of a network.</summary>
    /// <param name="seed">The global seed.</param>
    /// <param name="purpose">What the numbers are for: different purposes never share numbers.</param>
    /// <param name="name">The name of the object.</param>
    public static CounterRandom For(long seed, RandomPurpose purpose, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        CounterRandom random = For(seed, purpose);
        foreach (byte part in Encoding.UTF8.GetBytes(name))
        {
            random._state = Mix((random._state + part + 1) * Golden);
        }

        return random;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_state += Golden);

    /// <summary>Uniform in [0,1), with 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="count"/>), without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // Lemire's multiplication (ACM TOMACS 2019): the few low products that would bias the result are rejected.
        ulong threshold = (0UL - (ulong)count) % (ulong)count;
        while (true)
        {
            ulong high = Math.BigMul(NextBits(), (ulong)count, out ulong low);
            if (low >= threshold)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Shuffles items (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A seed for another library's generator: 63 bits, not negative.</summary>
    public long NextSeed() => (long)(NextBits() >> 1);

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
