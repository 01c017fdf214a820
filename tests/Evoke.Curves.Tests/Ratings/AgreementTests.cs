using CsCheck;
using Evoke.Curves.Ratings;

namespace Evoke.Curves.Tests.Ratings;

public sealed class AgreementTests
{
    // Shrout and Fleiss (1979), Table 2: six targets, four judges.
    private static readonly double[][] s_shroutFleiss = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]];

    private static readonly Gen<double[][]> s_ratings =
        from raters in Gen.Int[2, 5]
        from steps in Gen.Int[2, 12]
        from values in Gen.Int[-500, 500].Select(hundredths => hundredths / 100.0).Array[steps].Array[raters]
        select values;

    [Fact]
    public void IntraclassCorrelationsAreThoseOfThePaper()
    {
        Agreement found = Agreement.Of(s_shroutFleiss);

        found.IccSingle.ShouldNotBeNull().ShouldBe(0.29, 0.005);
        found.IccMean.ShouldNotBeNull().ShouldBe(0.62, 0.005);
    }

    [Fact]
    public void KrippendorffIsOneMinusObservedOverExpectedDisagreementOfAllPairsOfValues() => s_ratings.Sample(ratings =>
        Same(Agreement.Of(ratings).Krippendorff, KrippendorffByPairs(ratings)));

    [Fact]
    public void CronbachIsTheReliabilityOfConsistencyOfTheMean() => s_ratings.Sample(ratings =>
    {
        // ICC(3,k) is Cronbach's alpha; ICC(2,k) is lower where the raters' means differ and equal where they do not.
        double[][] centred = [.. ratings.Select(row => row.Select(value => value - row.Average()).ToArray())];
        Agreement found = Agreement.Of(centred);
        double k = ratings.Length, n = ratings[0].Length;
        double steps = k * Enumerable.Range(0, (int)n).Sum(t => Math.Pow(centred.Average(row => row[t]), 2)) / (n - 1);
        double rest = centred.Sum(row => row.Select((value, t) => Math.Pow(value - centred.Average(other => other[t]), 2)).Sum()) / ((n - 1) * (k - 1));
        if (steps < 1e-9)
        {
            return; // The sum of the raters does not move: alpha is undefined, up to rounding.
        }

        found.Alpha.ShouldNotBeNull().ShouldBe((steps - rest) / steps, 1e-6 * Math.Max(1, Math.Abs((steps - rest) / steps)));
    });

    [Fact]
    public void TheOrderOfTheRatersDoesNotMatter() => s_ratings.Sample(ratings =>
    {
        (Agreement one, Agreement other) = (Agreement.Of(ratings), Agreement.Of([.. ratings.Reverse()]));
        Same(other.Pearson, one.Pearson ?? double.NaN);
        Same(other.Ccc, one.Ccc ?? double.NaN);
        Same(other.Krippendorff, one.Krippendorff ?? double.NaN);
    });

    [Fact]
    public void RatersWhoSayTheSameAgreeFully()
    {
        double[] said = [1, 3, 2, 5];

        Agreement found = Agreement.Of([said, said, said]);

        foreach (double? number in (double?[])[
            found.Pearson, found.Ccc, found.IccSingle, found.IccMean, found.Alpha, found.CeilingLow, found.CeilingHigh, found.Krippendorff])
        {
            number.ShouldNotBeNull().ShouldBe(1, 1e-12);
        }
    }

    [Fact]
    public void VerySmallMovementsCorrelateLikeLargeOnes() =>
        Agreement.Of([[1e-96, 0, 3e-96], [2e-88, 0, 6e-88]]).Pearson.ShouldNotBeNull().ShouldBe(1, 1e-9);

    [Fact]
    public void AConstantTraceIsCountedAndLeftOutOfCorrelations()
    {
        Agreement found = Agreement.Of([[1, 2, 3, 4], [2, 4, 6, 8], [0.1, 0.1, 0.1, 0.1]]);

        found.Constant.ShouldBe(1);
        found.Pearson.ShouldNotBeNull().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void NothingIsClaimedOfOneRaterOrOfRatersWhoNeverMove()
    {
        Agreement alone = Agreement.Of([[1, 2, 3]]);
        Agreement still = Agreement.Of([[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]]);

        (alone.Raters, alone.Steps, alone.Pearson, alone.Alpha, alone.Krippendorff).ShouldBe((1, 3, null, null, null));
        (still.Constant, still.Pearson, still.Ccc, still.Alpha, still.IccSingle, still.CeilingLow, still.Krippendorff)
            .ShouldBe((2, null, null, null, null, null, null));
    }

    [Fact]
    public void OfRatersWhoNeverMoveButDifferOnlyWhatIsDefinedIsSaid()
    {
        Agreement found = Agreement.Of([[1, 1, 1], [2, 2, 2]]);

        (found.Constant, found.Pearson, found.CeilingLow, found.CeilingHigh).ShouldBe((2, null, null, null));
        found.Ccc.ShouldBe(0);
    }

    [Fact]
    public void OfRatersWhoseSumNeverMovesAlphaIsNotDefined() => Agreement.Of([[1, 2], [2, 1]]).Alpha.ShouldBeNull();

    [Fact]
    public void AConstantIsConstantHoweverLongItIs()
    {
        // The sum of so many tenths is off by more than any single of them is.
        double[] constant = [.. Enumerable.Repeat(0.1, 300_000)];
        double[] moving = [.. Enumerable.Range(0, constant.Length).Select(i => (double)i)];

        Agreement found = Agreement.Of([constant, moving]);

        (found.Constant, found.Pearson).ShouldBe((1, null));
    }

    /// <summary>The sum of all minus the rater's own value is the sum of the others only up to rounding.</summary>
    [Fact]
    public void NobodyCorrelatesWithOthersWhoNeverMove() => Agreement.Of(
        [[0.7, 1.3, 2.9, 4.1, 0.3, 5.7], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1], [0.3, 0.3, 0.3, 0.3, 0.3, 0.3]]).CeilingLow.ShouldBeNull();

    [Fact]
    public void WithoutACommonStepNobodyIsConstant()
    {
        RatedCurve curve = new("film", "joy", ["a", "b"], new TimeGrid(new Rate(1), 2), [[1, double.NaN], [double.NaN, 2]]);

        (Agreement.Of(curve).Raters, Agreement.Of(curve).Steps, Agreement.Of(curve).Constant).ShouldBe((2, 0, 0));
        Should.Throw<ArgumentNullException>(() => Agreement.Of((RatedCurve)null!)).ParamName.ShouldBe("curve");
    }

    [Fact]
    public void OnlyStepsThatAllRatersHaveCount()
    {
        RatedCurve curve = RatedCurve.Of(
            "film", "joy", [new RaterTrace("a", [0, 1, 2, 3], [1, 2, 3, 4]), new RaterTrace("b", [0, 1, 2, 3], [1, double.NaN, 3, 4])], new Rate(1));

        Agreement.Of(curve).Steps.ShouldBe(3);
    }

    private static void Same(double? found, double expected)
    {
        (found is null || Math.Abs(found.Value - expected) < 1e-9).ShouldBeTrue($"{found} is not {expected}");
        (found is null).ShouldBe(double.IsNaN(expected));
    }

    // The definition: mean squared difference of all pairs of values of the same step, and of all pairs of values whatever their step.
    private static double KrippendorffByPairs(double[][] ratings)
    {
        int steps = ratings[0].Length;
        double observed = 0;
        for (int t = 0; t < steps; t++)
        {
            double within = 0;
            for (int i = 0; i < ratings.Length; i++)
            {
                for (int j = 0; j < ratings.Length; j++)
                {
                    within += Math.Pow(ratings[i][t] - ratings[j][t], 2);
                }
            }

            observed += within / (ratings.Length - 1);
        }

        double[] all = [.. ratings.SelectMany(row => row)];
        double expected = all.Sum(a => all.Sum(b => (a - b) * (a - b)));
        return 1 - (observed / all.Length / (expected / all.Length / (all.Length - 1)));
    }
}
