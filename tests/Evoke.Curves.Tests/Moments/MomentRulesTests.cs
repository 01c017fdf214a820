using CsCheck;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Moments;

/// <summary>Which moments are reported, and how strong they are, by hand.</summary>
public sealed class MomentRulesTests
{
    private static readonly MomentOptions All = new()
    {
        Limit = 100,
        LimitPerEmotion = 100,
        MinimumStrength = 0,
        MinimumGapSeconds = 0,
        ContextSeconds = 1000,
        Dips = false,
    };

    [Fact]
    public void StrengthIsProminenceInStandardDeviationsPlusTheFloor()
    {
        // Mean 0.2, variance (0.64 + 4 * 0.04) / 5 = 0.16.
        MomentFinder.Find(Made.Joy(1, 0, 0, 1, 0, 0), All).ShouldHaveSingleItem().Strength.ShouldBe(1 / 0.405, 1e-6);
        MomentFinder.Find(Made.Joy(1, 0, 0, 1, 0, 0), All with { StandardDeviationFloor = 0.1 }).ShouldHaveSingleItem().Strength.ShouldBe(2, 1e-6);
    }

    [Fact]
    public void ARippleOfLessThanAHundredthOfTheScaleIsNoMomentHoweverFlatTheRestIs()
    {
        float[] flat = [.. Enumerable.Repeat(0.0012f, 30), 0.006f, 0.0105f, 0.006f, .. Enumerable.Repeat(0.0012f, 30)];
        MomentFinder.Find(Made.Joy(1, flat)).ShouldBeEmpty();
        Moment ripple = MomentFinder.Find(Made.Joy(1, flat), new MomentOptions { MinimumProminence = 0.005 }).ShouldHaveSingleItem();
        ripple.Strength.ShouldBeGreaterThan(new MomentOptions().MinimumStrength, "its strength alone would make it one");
        MomentFinder.Find(Made.Joy(1, [.. flat.Select(value => 10 * value)])).ShouldHaveSingleItem().Step.ShouldBe(31);
    }

    [Fact]
    public void AMomentReachesDownToItsExtent()
    {
        Moment narrow = MomentFinder.Find(Made.Joy(1, 0, 1, 2, 3, 4, 3, 2, 1, 0, 0), All with { ExtentHeight = 0.25 }).ShouldHaveSingleItem();
        (narrow.StartStep, narrow.EndStep).ShouldBe((3, 5));
        Moment wide = MomentFinder.Find(Made.Joy(1, 0, 1, 2, 3, 4, 3, 2, 1, 0, 0), All with { ExtentHeight = 1 }).ShouldHaveSingleItem();
        (wide.StartStep, wide.EndStep).ShouldBe((0, 9));
    }

    [Fact]
    public void MomentsOfOneKindKeepTheirDistanceAndTheStrongestStays()
    {
        // Peaks of 2, 3 and 2 at steps 2, 5 and 9: three and four seconds apart.
        EmotionCurves curves = Made.Joy(1, 0, 0, 2, 0, 0, 3, 0, 0, 0, 2, 0);
        Steps(curves, All with { MinimumGapSeconds = 3 }).ShouldBe([2, 5, 9]);
        Steps(curves, All with { MinimumGapSeconds = 3.5 }).ShouldBe([5, 9]);
        Steps(curves, All with { MinimumGapSeconds = 5 }).ShouldBe([5]);
        Steps(Made.Joy(2, 0, 0, 2, 0, 0, 3, 0, 0, 0, 2, 0), All with { MinimumGapSeconds = 1.6 }).ShouldBe([5, 9]);
    }

    [Fact]
    public void APeakAndADipMayBeClose()
    {
        EmotionCurves curves = Made.Joy(1, 1, 3, 0, 2, 1);
        MomentFinder.Find(curves, All with { Dips = true, MinimumGapSeconds = 2 }).Select(m => (m.Step, m.Kind))
            .ShouldBe([(1, MomentKind.Peak), (2, MomentKind.Dip), (3, MomentKind.Peak)]);
        Steps(curves, All with { MinimumGapSeconds = 3 }).ShouldBe([1]);
    }

    [Fact]
    public void WeakMomentsAreNotReported()
    {
        EmotionCurves curves = Made.Joy(1, 0, 4, 0, 1, 0);
        double[] strengths = [.. MomentFinder.Find(curves, All).Select(m => m.Strength)];
        strengths.Length.ShouldBe(2);
        Steps(curves, All with { MinimumStrength = strengths[1] }).ShouldBe([1, 3]);
        Steps(curves, All with { MinimumStrength = strengths[1] + 1e-9 }).ShouldBe([1]);
        Steps(curves, All with { LimitPerEmotion = 1 }).ShouldBe([1]);
        Steps(curves, All with { LimitPerEmotion = 0 }).ShouldBeEmpty();
        Steps(curves, All with { Limit = 1 }).ShouldBe([1]);
        Steps(curves, All with { Limit = 0 }).ShouldBeEmpty();
    }

    [Fact]
    public void OfEquallyStrongMomentsTheEarlierIsReported() =>
        Steps(Made.Joy(1, 0, 2, 0, 2, 0, 2, 0), All with { LimitPerEmotion = 2 }).ShouldBe([1, 3]);

    [Fact]
    public void TheStrongestOfAllEmotionsAreReportedInOrderOfTime()
    {
        EmotionCurves curves = Made.Curves(1, ("faint", [0, 0, 0, 0, 0, 0, 0, 0.1f, 0]), ("lively", [0, 1, 0, 1, 0, 0.9f, 0, 1, 0]));
        IReadOnlyList<Moment> three = MomentFinder.Find(curves, All with { Limit = 3 });
        three.Select(m => (m.Emotion, m.Step)).ShouldBe([(1, 1), (1, 3), (0, 7)]);
        // At one step the stronger comes first.
        MomentFinder.Find(curves, All).Where(m => m.Step == 7).Select(m => m.Emotion).ShouldBe([0, 1]);
        MomentFinder.Find(Made.Curves(1, ("lively", [0, 1, 0, 1, 0]), ("faint", [0, 0, 0, 0.1f, 0])), All).Where(m => m.Step == 3).Select(m => m.Emotion)
            .ShouldBe([1, 0]);
    }

    [Fact]
    public void ContextIsInSeconds()
    {
        // The pit before the peak is three steps away.
        float[] curve = [9, 0, 5, 5, 6, 5, 5, 0, 9];
        Find(1, curve, 2).Prominence.ShouldBe(1);
        Find(1, curve, 3).Prominence.ShouldBe(6);
        Find(2, curve, 1).Prominence.ShouldBe(1);
        Find(2, curve, 1.25).Prominence.ShouldBe(6, "two steps and a half are three");

        static Moment Find(double hertz, float[] values, double seconds) =>
            MomentFinder.Find(Made.Joy(hertz, values), All with { ContextSeconds = seconds }).Single(m => m.Step == 4);
    }

    [Fact]
    public void DipsAreReportedUnlessTheyAreNotWanted()
    {
        EmotionCurves curves = Made.Joy(1, 2, 2, 0, 2, 2);
        new MomentOptions().Dips.ShouldBeTrue();
        Moment dip = MomentFinder.Find(curves, All with { Dips = true }).Single(m => m.Kind == MomentKind.Dip);
        (dip.Step, dip.Value, dip.Prominence).ShouldBe((2, 0f, 2f));
        MomentFinder.Find(curves, All).ShouldAllBe(m => m.Kind == MomentKind.Peak);
    }

    [Fact]
    public void TheDefaultsAreThoseThatAreDocumented()
    {
        MomentOptions options = new();
        (options.Limit, options.LimitPerEmotion, options.MinimumStrength, options.ContextSeconds).ShouldBe((12, 3, 1, 30));
        (options.MinimumGapSeconds, options.StandardDeviationFloor, options.ExtentHeight).ShouldBe((3, 0.005, 0.5));
    }

    [Fact]
    public void AnOptionOutsideItsRangeIsNamed()
    {
        EmotionCurves curves = Made.Joy(1, 0, 1, 0);
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { Limit = -1 })).ParamName.ShouldBe("Limit");
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { LimitPerEmotion = -1 })).ParamName.ShouldBe("LimitPerEmotion");
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { ContextSeconds = 0 })).ParamName.ShouldBe("ContextSeconds");
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { MinimumGapSeconds = -1 })).ParamName.ShouldBe("MinimumGapSeconds");
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { StandardDeviationFloor = 0 })).ParamName
            .ShouldBe("StandardDeviationFloor");
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { ExtentHeight = 0 })).ParamName.ShouldBe("ExtentHeight");
        Should.Throw<ArgumentOutOfRangeException>(() => MomentFinder.Find(curves, All with { ExtentHeight = 1.1 })).ParamName.ShouldBe("ExtentHeight");
        Should.Throw<ArgumentNullException>(() => MomentFinder.Find(null!)).ParamName.ShouldBe("curves");
        MomentFinder.Find(curves, All with { Limit = 0, LimitPerEmotion = 0, ExtentHeight = 1 }).ShouldBeEmpty();
    }

    [Fact]
    public void AKindHasAName()
    {
        MomentKind.Peak.Name().ShouldBe("peak");
        MomentKind.Dip.Name().ShouldBe("dip");
        MomentKinds.Parse("peak").ShouldBe(MomentKind.Peak);
        MomentKinds.Parse("dip").ShouldBe(MomentKind.Dip);
        Should.Throw<FormatException>(() => MomentKinds.Parse("pit")).Message.ShouldBe("The kind of a moment must be peak or dip; found 'pit'.");
        Should.Throw<ArgumentOutOfRangeException>(() => ((MomentKind)2).Name()).Message.ShouldStartWith("The kind of a moment must be a peak or a dip.");
    }

    [Fact]
    public void ASummaryHasThePartsOfTheVideo()
    {
        EmotionSummary summary = EmotionSummary.Of(Made.Curves(1, ("a", new float[5]), ("joy", [1, 1, 3, 7, 7])))[1];
        summary.Emotion.ShouldBe("joy");
        (summary.Opening, summary.Middle, summary.End).ShouldBe((1f, 3f, 7f)); // a third of five steps is 1.67: two
        (summary.Peak, summary.PeakSeconds).ShouldBe((7f, 3));
        EmotionSummary two = EmotionSummary.Of(Made.Joy(1, 1, 2)).ShouldHaveSingleItem();
        (two.Opening, two.Middle, two.End).ShouldBe((1f, 1.5f, 2f));
        EmotionSummary four = EmotionSummary.Of(Made.Joy(1, 1, 2, 3, 4)).ShouldHaveSingleItem();
        (four.Opening, four.Middle, four.End).ShouldBe((1f, 2.5f, 4f));
        EmotionSummary slow = EmotionSummary.Of(Made.Joy(0.25, [.. Enumerable.Range(0, 24).Select(i => (float)i)])).ShouldHaveSingleItem();
        (slow.Opening, slow.Middle, slow.End).ShouldBe((0.5f, 11.5f, 22.5f)); // eight seconds are two steps
        Should.Throw<ArgumentException>(() => EmotionSummary.Of(Made.Joy(1))).Message.ShouldStartWith("A summary needs at least one step; found none.");
        Should.Throw<ArgumentNullException>(() => EmotionSummary.Of(null!)).ParamName.ShouldBe("curves");
        EmotionSummary.OpeningSeconds.ShouldBe(8);
    }

    [Fact]
    public void ADipIsAPeakOfTheCurveUpsideDownIfBothAreWithin() => Gen.Int[0, 6].Array[3, 30].Sample(heights =>
    {
        // With ends that are higher than all else no dip touches an end.
        float[] curve = [9, .. heights.Select(h => (float)h), 9];
        float[] upsideDown = [.. curve.Select(v => 9 - v)];
        IEnumerable<Moment> dips = MomentFinder.Find(Made.Joy(1, curve), All with { Dips = true }).Where(m => m.Kind == MomentKind.Dip);
        dips.Select(m => (m.StartStep, m.Step, m.EndStep, m.Prominence))
            .ShouldBe(MomentFinder.Find(Made.Joy(1, upsideDown), All).Select(m => (m.StartStep, m.Step, m.EndStep, m.Prominence)));
    });

    private static int[] Steps(EmotionCurves curves, MomentOptions options) => [.. MomentFinder.Find(curves, options).Select(m => m.Step)];
}
