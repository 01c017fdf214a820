using Evoke.Curves.Randomness;

namespace Evoke.Curves.Tests.Randomness;

public sealed class CounterRandomTests
{
    /// <summary>The first numbers of splitmix64 from state 0, as its authors' program prints them.</summary>
    private static readonly ulong[] SplitMix = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC, 0x1B39896A51A8749B];

    [Fact]
    public void TheBitsAreThoseOfSplitMix64()
    {
        CounterRandom random = default;
        SplitMix.ShouldBe([random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void ADoubleIsTheUpper53BitsAsAFraction()
    {
        CounterRandom random = default;
        foreach (ulong bits in SplitMix)
        {
            random.NextDouble().ShouldBe((bits / 2048) / 9007199254740992.0);
        }
    }

    [Fact]
    public void AnIntegerIsTheUpperHalfOfTheProduct()
    {
        CounterRandom random = default;
        foreach (ulong bits in SplitMix)
        {
            random.NextInt(1000).ShouldBe((int)((UInt128)bits * 1000 >> 64));
        }
    }

    [Fact]
    public void ASeedHas63Bits()
    {
        CounterRandom random = default;
        random.NextSeed().ShouldBe((long)(SplitMix[0] / 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void IntegersAreUniform(int count)
    {
        const int PerValue = 400;
        var random = CounterRandom.For(3, RandomPurpose.Search);
        int[] counts = new int[count];
        for (int i = 0; i < count * PerValue; i++)
        {
            counts[random.NextInt(count)]++;
        }

        // Five standard deviations.
        counts.ShouldAllBe(n => Math.Abs(n - PerValue) <= 5 * 20);
    }

    /// <summary>
    /// The state before the authors' first is followed by 64 zeros, as the mixing keeps 0. Their product with 3 is 0, below 2^64 mod 3 = 1, so it is rejected;
    /// 2^64 mod 1 is 0, so for a count of 1 it is not (Lemire 2019, algorithm 5).
    /// </summary>
    [Fact]
    public void TheFewNumbersThatWouldBiasAnIntegerAreRejected()
    {
        CounterRandom random = BeforeTheFirst();
        random.NextInt(3).ShouldBe((int)((UInt128)SplitMix[0] * 3 >> 64));
        random = BeforeTheFirst();
        random.NextInt(1).ShouldBe(0);
        random.NextBits().ShouldBe(SplitMix[0]);

        static CounterRandom BeforeTheFirst()
        {
            CounterRandom random = default;
            System.Runtime.CompilerServices.Unsafe.As<CounterRandom, ulong>(ref random) = unchecked(0 - 0x9E3779B97F4A7C15);
            return random;
        }
    }

    [Fact]
    public void AShuffleIsThatOfFisherAndYates()
    {
        // From the last item to the second, each is swapped with one of those up to itself: one number less than there are items.
        CounterRandom random = default, same = default;
        int[] items = [.. Enumerable.Range(0, 10)];
        random.Shuffle(items.AsSpan());
        List<int> left = [.. Enumerable.Range(0, 10)];
        int[] expected = new int[10];
        for (int place = 9; place > 0; place--)
        {
            int drawn = same.NextInt(place + 1);
            expected[place] = left[drawn];
            left[drawn] = left[place];
        }

        expected[0] = left[0];
        items.ShouldBe(expected);
        random.NextBits().ShouldBe(same.NextBits());
    }

    [Fact]
    public void AnIntegerBelowNothingIsRefused() => Should.Throw<ArgumentOutOfRangeException>(() =>
    {
        CounterRandom random = default;
        random.NextInt(0);
    }).ParamName.ShouldBe("count");

    [Fact]
    public void ShufflesAreUniform()
    {
        Dictionary<string, int> orders = [];
        for (int i = 0; i < 6000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            CounterRandom.For(1, RandomPurpose.VideoOrder, i).Shuffle(items.AsSpan());
            string order = new(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        orders.Count.ShouldBe(6);
        orders.Values.ShouldAllBe(n => Math.Abs(n - 1000) <= 150);
    }

    [Fact]
    public void EverySeedPurposeAndCounterHasItsOwnNumbers()
    {
        HashSet<ulong> seen = [];
        int count = 0;
        foreach (RandomPurpose purpose in Enum.GetValues<RandomPurpose>())
        {
            foreach (long seed in new[] { -1L, 0, 1, 2, long.MaxValue })
            {
                for (int epoch = 0; epoch < 5; epoch++)
                {
                    for (int index = 0; index < 5; index++)
                    {
                        seen.Add(CounterRandom.For(seed, purpose, epoch, index).NextBits());
                        count++;
                    }
                }
            }
        }

        seen.Count.ShouldBe(count);
    }

    [Fact]
    public void EveryNameHasItsOwnNumbers()
    {
        string[] names = ["", "a", "b", "ab", "ba", "aa", "aaa", "gru.weight", "gru.bias", "\0", "\0\0"];
        names.Select(name => CounterRandom.For(1, RandomPurpose.Initialisation, name).NextBits()).Distinct().Count().ShouldBe(names.Length);
        CounterRandom.For(1, RandomPurpose.Initialisation, "a").NextBits().ShouldBe(CounterRandom.For(1, RandomPurpose.Initialisation, "a").NextBits());
        CounterRandom.For(2, RandomPurpose.Initialisation, "a").NextBits().ShouldNotBe(CounterRandom.For(1, RandomPurpose.Initialisation, "a").NextBits());
        Should.Throw<ArgumentNullException>(() => CounterRandom.For(1, RandomPurpose.Initialisation, null!)).ParamName.ShouldBe("name");
    }
}
