using CsCheck;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Moments;

public sealed class MomentFinderTests
{
    private static readonly MomentOptions s_everything = new()
    {
        Limit = int.MaxValue,
        LimitPerEmotion = int.MaxValue,
        MinimumStrength = 0,
        MinimumProminence = 0,
        MinimumGapSeconds = 0,
        ContextSeconds = 1e6,
    };

    [Fact]
    public void TheScaleOfACurveDoesNotChangeItsMoments()
    {
        float[] shares = [.. Enumerable.Range(0, 600).Select(step => 0.5f + (0.01f * MathF.Sin(step / 9f)) + (step is > 300 and < 320 ? 0.3f : 0))];
        EmotionCurves plain = new(new EmotionScheme(["joy"]), new TimeGrid(new Rate(6), shares.Length), shares);
        EmotionScheme points = new(["joy"], [new CurveRange(1, 9)]);
        EmotionCurves scaled = new(points, plain.Grid, [.. shares.Select(share => 1 + (8 * share))]);
        Moment[] expected = [.. MomentFinder.Find(plain)], found = [.. MomentFinder.Find(scaled)];
        found.Select(moment => (moment.Kind, moment.Step)).ShouldBe(expected.Select(moment => (moment.Kind, moment.Step)));
        found.Select(moment => moment.Strength).ShouldBe(expected.Select(moment => moment.Strength), 1e-3);
    }

    [Fact]
    public void ATriangleHasItsStartPeakAndEndAtHalfHeight()
    {
        Moment peak = Find([0, 0, 1, 2, 3, 4, 3, 2, 1, 0, 0], s_everything with { Dips = false }).ShouldHaveSingleItem();
        peak.Kind.ShouldBe(MomentKind.Peak);
        peak.Emotion.ShouldBe(0);
        (peak.StartStep, peak.Step, peak.EndStep).ShouldBe((3, 5, 7));
        (peak.Value, peak.Prominence).ShouldBe((4f, 4f));
    }

    [Fact]
    public void AFlatTopPeaksInItsMiddle() =>
        Find([0, 2, 2, 2, 0], s_everything with { Dips = false }).ShouldHaveSingleItem().Step.ShouldBe(2);

    [Fact]
    public void ADipIsAPeakUpsideDown()
    {
        Moment dip = Find([5, 5, 3, 1, 3, 5, 5, 6], s_everything).Single(moment => moment.Kind == MomentKind.Dip);
        (dip.StartStep, dip.Step, dip.EndStep, dip.Value, dip.Prominence).ShouldBe((2, 3, 4, 1f, 4f));
    }

    [Fact]
    public void ProminenceIsTheDescentToTheSaddleThatLeadsHigher()
    {
        // 4 is separated from 9 by the saddle 2, 7 from 9 by the saddle 1; the end of the curve has no effect.
        IReadOnlyList<Moment> peaks = Find([3, 4, 2, 9, 1, 7, 6], s_everything with { Dips = false });
        peaks.Select(peak => (peak.Value, peak.Prominence)).ShouldBe([(4f, 2f), (9f, 8f), (7f, 6f)]);
    }

    [Fact]
    public void AClimaxAtTheVeryEndIsAMoment() =>
        Find([0, 0, 0, 0, 1, 2, 3], s_everything with { Dips = false }).ShouldHaveSingleItem().Step.ShouldBe(6);

    [Fact]
    public void ALowAtAnEndIsNoMoment() => Find([0, 1, 2, 3, 2, 1, 0], s_everything).ShouldHaveSingleItem().Kind.ShouldBe(MomentKind.Peak);

    [Fact]
    public void AMomentStandsOutFromWhatIsAroundIt()
    {
        // A rise to a plateau with one bump on it, at 2 Hz: within 5 s of the bump there is only the plateau.
        float[] curve = [.. Enumerable.Repeat(0f, 40), .. Enumerable.Repeat(5f, 40), 5.5f, 6f, 5.5f, .. Enumerable.Repeat(5f, 40)];
        Moment near = Find(curve, s_everything with { ContextSeconds = 5, Dips = false }).ShouldHaveSingleItem();
        (near.StartStep, near.Step, near.EndStep, near.Prominence).ShouldBe((80, 81, 82, 1f));
        Find(curve, s_everything with { Dips = false }).ShouldHaveSingleItem().Prominence.ShouldBe(6f);
    }

    [Fact]
    public void NoMomentIsLongerThanItsContext() => Gen.Float[0, 1].Array[100, 300].Sample(values =>
    {
        float[] walk = new float[values.Length];
        for (int step = 1; step < walk.Length; step++)
        {
            walk[step] = walk[step - 1] + values[step] - 0.5f;
        }

        Find(walk, s_everything with { ContextSeconds = 10 }).ShouldAllBe(moment => moment.EndStep - moment.StartStep <= 40);
    });

    [Fact]
    public void AConstantOrEmptyCurveHasNoMoment()
    {
        Find([2, 2, 2, 2], s_everything).ShouldBeEmpty();
        Find([2], s_everything).ShouldBeEmpty();
        Find([], s_everything).ShouldBeEmpty();
    }

    [Fact]
    public void ProminencesAgreeWithTheirDefinition() => Gen.Int[0, 6].Array[0, 40].Sample(heights =>
    {
        float[] curve = [.. heights.Select(height => (float)height)];
        float[] found = [.. Find(curve, s_everything with { Dips = false }).Select(moment => moment.Prominence)];
        found.ShouldBe(ProminencesByDefinition(curve));
    });

    [Fact]
    public void ARareSpikeOfAFaintEmotionIsToldBesideALivelyOne()
    {
        const int Steps = 1200;
        float[] values = new float[Steps * 2];
        for (int step = 0; step < Steps; step++)
        {
            values[step * 2] = 0.4f + (0.3f * (float)Math.Sin(step / 9.0));
            values[(step * 2) + 1] = 0.03f * (float)Math.Exp(-Math.Pow((step - 700) / 12.0, 2));
        }

        IReadOnlyList<Moment> moments = MomentFinder.Find(new EmotionCurves(new EmotionScheme(["interest", "awe"]), new TimeGrid(new Rate(6), Steps), values));
        Moment awe = moments.Single(moment => moment is { Emotion: 1, Kind: MomentKind.Peak });
        awe.Step.ShouldBe(700);
        awe.Strength.ShouldBe(moments.Max(moment => moment.Strength));
        moments.Count(moment => moment.Emotion == 0).ShouldBe(3);
    }

    [Fact]
    public void RipplesOfAFlatEmotionAreNotMoments()
    {
        float[] ripples = [.. Enumerable.Range(0, 600).Select(step => 0.0005f * (float)Math.Sin(step / 5.0))];
        Find(ripples, new MomentOptions()).ShouldBeEmpty();
    }

    [Fact]
    public void LimitsHold()
    {
        float[] waves = [.. Enumerable.Range(0, 6000).Select(step => (float)Math.Sin(step / 10.0))];
        Find(waves, new MomentOptions { LimitPerEmotion = 100 }).Count.ShouldBe(12);
        Find(waves, new MomentOptions()).Count.ShouldBe(3);
        IReadOnlyList<Moment> apart = Find(waves, new MomentOptions { LimitPerEmotion = 100, Limit = 100, MinimumGapSeconds = 60 });
        foreach (IGrouping<MomentKind, Moment> kind in apart.GroupBy(moment => moment.Kind))
        {
            int[] steps = [.. kind.Select(moment => moment.Step)];
            steps.Zip(steps.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= 120);
        }
    }

    [Fact]
    public void OfEquallyStrongMomentsTheMoreProminentIsKept()
    {
        // The second curve is the first on a scale of twice the width: it is as strong to the last bit, and twice as prominent.
        EmotionScheme scheme = new(["joy", "fear"], [new CurveRange(0, 1), new CurveRange(0, 2)]);
        float[] shares = [0, 0.25f, 0.5f, 0.25f, 0, 0];
        EmotionCurves curves = new(scheme, new TimeGrid(new Rate(2), shares.Length), [.. shares.SelectMany(share => new[] { share, 2 * share })]);
        IReadOnlyList<Moment> both = MomentFinder.Find(curves, s_everything with { Dips = false });
        both.Select(moment => moment.Strength).Distinct().ShouldHaveSingleItem();
        MomentFinder.Find(curves, s_everything with { Dips = false, Limit = 1 }).ShouldHaveSingleItem().Emotion.ShouldBe(1);
    }

    [Fact]
    public void MomentsComeInOrderOfTimeAndInsideTheVideo() => Gen.Float[0, 1].Array[1, 200].Sample(values =>
    {
        IReadOnlyList<Moment> moments = Find(values, new MomentOptions());
        moments.ShouldBe(moments.OrderBy(moment => moment.Step));
        foreach (Moment moment in moments)
        {
            moment.StartStep.ShouldBeInRange(0, moment.Step);
            moment.EndStep.ShouldBeInRange(moment.Step, values.Length - 1);
        }
    });

    private static IReadOnlyList<Moment> Find(float[] values, MomentOptions options) =>
        MomentFinder.Find(new EmotionCurves(new EmotionScheme(["joy"]), new TimeGrid(new Rate(2), values.Length), values), options);

    /// <summary>By the definition, in cubic time: search both ways from each maximum for a higher value (earlier equal values count as higher).</summary>
    private static List<float> ProminencesByDefinition(float[] curve)
    {
        List<float> prominences = [];
        for (int i = 0; i < curve.Length; i++)
        {
            int end = i;
            while (end + 1 < curve.Length && curve[end + 1] == curve[i])
            {
                end++;
            }

            bool startsRun = i == 0 || curve[i - 1] < curve[i];
            bool endsRun = end == curve.Length - 1 || curve[end + 1] < curve[i];
            if (!startsRun || !endsRun || (i == 0 && end == curve.Length - 1))
            {
                continue;
            }

            int left = Array.FindLastIndex(curve, Math.Max(i - 1, 0), Math.Max(i, 0), value => value >= curve[i]);
            int right = Array.FindIndex(curve, end + 1, value => value > curve[i]);
            float leftSaddle = left < 0 ? float.NegativeInfinity : curve[left..i].Min();
            float rightSaddle = right < 0 ? float.NegativeInfinity : curve[end..right].Min();
            float saddle = Math.Max(leftSaddle, rightSaddle);
            prominences.Add(curve[i] - (float.IsNegativeInfinity(saddle) ? curve.Min() : saddle));
        }

        return prominences;
    }
}
