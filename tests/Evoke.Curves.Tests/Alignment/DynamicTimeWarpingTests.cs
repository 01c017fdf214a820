using CsCheck;
using Evoke.Curves.Alignment;

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
