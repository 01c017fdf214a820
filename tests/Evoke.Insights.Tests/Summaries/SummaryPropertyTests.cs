using CsCheck;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Insights.Summaries;

namespace Evoke.Insights.Tests.Summaries;

public sealed class SummaryPropertyTests
{
    private static readonly Gen<float[]> s_curves = Gen.Int[0, 64].Select(value => value / 64f).Array[12, 200];

    [Fact]
    public void MovingACurveWithItsScaleMovesItsValuesAndChangesNoTime() => s_curves.Select(Gen.Int[-8, 8]).Sample((curve, shift) =>
    {
        MeasureList before = Of(curve, 0, 1), after = Of([.. curve.Select(value => value + shift)], shift, shift + 1);

        Same(before, after, value => value + shift);
    });

    [Fact]
    public void StretchingACurveWithItsScaleStretchesItsValuesAndChangesNoTime() => s_curves.Select(Gen.Int[1, 6]).Sample((curve, power) =>
    {
        int factor = 1 << power;
        MeasureList before = Of(curve, 0, 1), after = Of([.. curve.Select(value => value * factor)], 0, factor);

        Same(before, after, value => value * factor);
    });

    [Fact]
    public void ValuesStayBetweenTheLowestAndTheHighestOfTheCurve() => s_curves.Sample(curve =>
    {
        foreach (Measure measure in Of(curve, 0, 1).Measures.Where(measure => measure.Scale is not null))
        {
            measure.Value.ShouldBeInRange(curve.Min() - 1e-6, curve.Max() + 1e-6, measure.Key);
        }
    });

    [Fact]
    public void EveryRangeIsInsideTheVideo() => s_curves.Sample(curve =>
    {
        foreach (Measure measure in Of(curve, 0, 1).Measures.Where(measure => measure.StartSeconds is not null))
        {
            measure.StartSeconds!.Value.ShouldBeGreaterThanOrEqualTo(0);
            measure.EndSeconds!.Value.ShouldBeGreaterThan(measure.StartSeconds.Value);
            measure.EndSeconds.Value.ShouldBeLessThanOrEqualTo(curve.Length / 6.0);
        }
    });

    private static MeasureList Of(float[] curve, double low, double high)
    {
        PredictionDocument film = Predictions.Of(["arousal"], 6, curve, ranges: [new CurveRange(low, high)]);
        return VideoSummary.Of(film);
    }

    private static void Same(MeasureList before, MeasureList after, Func<double, double> value)
    {
        after.Measures.Select(one => one.Key).ShouldBe(before.Measures.Select(one => one.Key));
        foreach ((Measure was, Measure now) in before.Measures.Zip(after.Measures))
        {
            (now.StartSeconds, now.EndSeconds, now.AtSeconds).ShouldBe((was.StartSeconds, was.EndSeconds, was.AtSeconds), was.Key);
            now.Value.ShouldBe(was.Scale is null ? was.Value : value(was.Value), 1e-4, was.Key);
        }
    }
}
