using CsCheck;
using Evoke.Curves.Alignment;
using Evoke.Curves.Randomness;

namespace Evoke.Curves.Tests.Alignment;

public sealed class DynamicTimeWarpingTests
{
    [Fact]
    public void EqualSequencesAlignStepByStepAtNoCost()
    {
        float[] rows = [1, 2, 3, 4, 5, 6];
        Curves.Alignment.Alignment alignment = DynamicTimeWarping.Align(rows, rows, width: 2);
        alignment.MeanCost.ShouldBe(0);
        alignment.Path.ShouldBe([new(0, 0), new(1, 1), new(2, 2)]);
    }

    [Fact]
    public void AnInsertedShotIsSkipped()
    {
        float[] shorter = [0, 1, 2, 3, 4, 5];
        float[] longer = [0, 1, 2, 50, 50, 3, 4, 5];
        DynamicTimeWarping.Align(shorter, longer, width: 1).SecondForFirst[3..].ShouldBe([5, 6, 7]);
    }

    [Fact]
    public void WhatWasCutOutIsMissingAndASlowerSceneIsNot()
    {
        const string film = "abcdef";
        Missing("abcXXXdef", film).ShouldBe("...xxx...");
        Missing("XXXabcdef", film).ShouldBe("xxx......");
        Missing("abcdefXXX", film).ShouldBe("......xxx");
        Missing("aabbccddeeff", film).ShouldBe("............");
        Missing(film, "abcXXXdef").ShouldBe("......");

        // X is far from every letter, and about as far from each.
        static float[] Rows(string scenes) => [.. scenes.SelectMany(scene => scene == 'X' ? new float[] { 2.5f, 50 } : [scene - 'a', 0])];
        static string Missing(string first, string second)
        {
            (float[] a, float[] b) = (Rows(first), Rows(second));
            return string.Concat(DynamicTimeWarping.MissingInSecond(DynamicTimeWarping.Align(a, b, width: 2), a, b, width: 2).Select(gone => gone ? 'x' : '.'));
        }
    }

    /// <summary>Two recordings of a still scene differ by noise; without costs the path wanders and finds gaps where nothing is missing.</summary>
    [Fact]
    public void InAStillSceneNothingIsMissingBesidesWhatWasCutOut()
    {
        const string film = "aaaaaaaaaaaaaaaaaaaaXXXXXbbbbbbbbbbbbbbbbbbbbccccccccccccccc";
        string cut = film.Replace("X", "", StringComparison.Ordinal);
        string right = string.Concat(film.Select(scene => scene == 'X' ? 'x' : '.'));
        const int width = 8;
        int free = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            (float[] a, float[] b) = (Noisy(film, 2 * seed), Noisy(cut, (2 * seed) + 1));
            double usual = DynamicTimeWarping.UsualDistance(a, b, width);
            Gone(DynamicTimeWarping.Align(a, b, width, 0.1 * usual, 0.5 * usual), a, b).ShouldBe(right, $"seed {seed}");
            free += Gone(DynamicTimeWarping.Align(a, b, width), a, b).Zip(right).Count(step => step.First != step.Second);
        }

        free.ShouldBeGreaterThan(20, "without costs the noise must lead the path astray, or this test holds nothing");

        static string Gone(Curves.Alignment.Alignment alignment, float[] a, float[] b) =>
            string.Concat(DynamicTimeWarping.MissingInSecond(alignment, a, b, width).Select(gone => gone ? 'x' : '.'));

        // Each scene is a point of its own, with noise of an eighth of the distance between two scenes.
        static float[] Noisy(string scenes, int seed)
        {
            CounterRandom random = CounterRandom.For(seed, RandomPurpose.Bootstrap);
            List<float> rows = [];
            foreach (char scene in scenes)
            {
                for (int k = 0; k < width; k++)
                {
                    rows.Add((float)((((scene * 31) + (k * 17)) % 7) - 3 + (1.2 * (random.NextDouble() - 0.5))));
                }
            }

            return [.. rows];
        }
    }

    [Fact]
    public void TheCostOfWarpingIsNotPartOfTheMeanCostAndMustBeANumberOfAtLeastZero()
    {
        float[] normal = [0, 1, 2, 3];
        float[] slow = [0, 0, 1, 1, 2, 2, 3, 3];
        DynamicTimeWarping.Align(normal, slow, 1, 0.1, 0.5).MeanCost.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => DynamicTimeWarping.Align(normal, slow, 1, -0.1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => DynamicTimeWarping.Align(normal, slow, 1, 0, double.NaN));
    }

    [Fact]
    public void TheUsualDistanceIsTheMeanOverAllPairsOfShortSequences() =>
        DynamicTimeWarping.UsualDistance([0, 3], [1, 5, 9], 1).ShouldBe((1 + 5 + 9 + 2 + 2 + 6) / 6.0, 1e-9);

    [Fact]
    public void ASlowedSceneKeepsItsEnds()
    {
        float[] normal = [0, 1, 2, 3];
        float[] slow = [0, 0, 1, 1, 2, 2, 3, 3];
        Curves.Alignment.Alignment alignment = DynamicTimeWarping.Align(normal, slow, width: 1);
        alignment.MeanCost.ShouldBe(0);
        alignment.Path[0].ShouldBe(new StepPair(0, 0));
        alignment.Path[^1].ShouldBe(new StepPair(3, 7));
    }

    [Fact]
    public void ThePathIsMonotoneAndNoDearerThanAnyOther()
    {
        Gen<float[]> sequence = Gen.Float[-1, 1].Array[1, 6];
        Gen.Select(sequence, sequence).Sample((a, b) =>
        {
            Curves.Alignment.Alignment alignment = DynamicTimeWarping.Align(a, b, width: 1);
            for (int i = 1; i < alignment.Path.Length; i++)
            {
                (int first, int second) = (alignment.Path[i].First - alignment.Path[i - 1].First, alignment.Path[i].Second - alignment.Path[i - 1].Second);
                (first is 0 or 1 && second is 0 or 1 && first + second > 0).ShouldBeTrue();
            }

            double cost = alignment.Path.Sum(pair => Math.Abs((double)a[pair.First] - b[pair.Second]));
            cost.ShouldBe(CheapestByTryingAll(a, b, 0, 0), 1e-5);
        }, iter: 300);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ASequenceThatIsNotWholeRowsIsRefused(int length) =>
        Should.Throw<ArgumentException>(() => DynamicTimeWarping.Align(new float[length], new float[4], width: 2)).Message.ShouldContain($"found {length}");

    private static double CheapestByTryingAll(float[] a, float[] b, int i, int j)
    {
        double here = Math.Abs((double)a[i] - b[j]);
        if (i == a.Length - 1 && j == b.Length - 1)
        {
            return here;
        }

        double rest = double.PositiveInfinity;
        foreach ((int down, int right) in new[] { (1, 1), (1, 0), (0, 1) })
        {
            if (i + down < a.Length && j + right < b.Length)
            {
                rest = Math.Min(rest, CheapestByTryingAll(a, b, i + down, j + right));
            }
        }

        return here + rest;
    }
}
