using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Moments;

public sealed class EmotionSummaryTests
{
    [Fact]
    public void ALongVideoIsSummarisedByOpeningMiddleAndEnd()
    {
        // 60 s at 6 Hz: 1 in the first 8 s, 2 in between, 6 in the last 8 s.
        float[] values = [.. Enumerable.Range(0, 360).Select(step => step < 48 ? 1f : step < 312 ? 2f : 6f)];
        EmotionSummary summary = Of(values);
        (summary.Opening, summary.Middle, summary.End).ShouldBe((1f, 2f, 6f));
        summary.Mean.ShouldBe(((48 * 1) + (264 * 2) + (48 * 6)) / 360f, 1e-6f);
        (summary.Peak, summary.PeakSeconds).ShouldBe((6f, 52));
    }

    [Fact]
    public void AShortVideoIsSummarisedInThirds()
    {
        EmotionSummary summary = Of([1, 1, 2, 2, 3, 3]);
        (summary.Opening, summary.Middle, summary.End).ShouldBe((1f, 2f, 3f));
    }

    [Fact]
    public void OneStepIsOpeningMiddleAndEnd()
    {
        EmotionSummary summary = Of([0.5f]);
        (summary.Opening, summary.Middle, summary.End, summary.Mean).ShouldBe((0.5f, 0.5f, 0.5f, 0.5f));
    }

    [Fact]
    public void NoStepIsAnError() => Should.Throw<ArgumentException>(() => Of([]));

    private static EmotionSummary Of(float[] values) =>
        EmotionSummary.Of(new EmotionCurves(new EmotionScheme(["joy"]), new TimeGrid(new Rate(6), values.Length), values)).ShouldHaveSingleItem();
}
