using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Experiments.Baselines;
using Evoke.Features;

namespace Evoke.Experiments.Tests.Baselines;

public sealed class ClockModelTests
{
    private static readonly EmotionScheme Joy = new(["joy"]);

    [Fact]
    public void ItIsTheMeanAtEachTimeOfTheVideosThatAreLongEnough()
    {
        using ClockModel clock = ClockModel.Fit(Labels(Curve(1, 0.2f, 0.4f), Curve(1, 0.6f, 0.8f, 0.5f)));

        EmotionCurves predicted = clock.Predict(Video(seconds: 3)).Mean;

        predicted.Grid.ShouldBe(new TimeGrid(new Rate(1), 3));
        Values(predicted).ShouldBe([0.4f, 0.6f, 0.5f], 1e-6);
    }

    [Fact]
    public void AfterTheLongestTrainingVideoItHoldsItsLastValue()
    {
        using ClockModel clock = ClockModel.Fit(Labels(Curve(1, 0.2f, 0.4f)));
        Values(clock.Predict(Video(seconds: 4)).Mean).ShouldBe([0.2f, 0.4f, 0.4f, 0.4f], 1e-6);
    }

    [Fact]
    public void VideosAtOtherRatesAreMetByTime()
    {
        using ClockModel clock = ClockModel.Fit(Labels(Curve(2, 0, 0.1f, 0.2f, 0.3f), Curve(1, 0.4f, 0.6f)));
        clock.Rate.Hertz.ShouldBe(2);
        Values(clock.Predict(Video(seconds: 2)).Mean).ShouldBe([0.2f, 0.3f, 0.4f, 0.45f], 1e-6);
    }

    [Fact]
    public void ItAsksForNoFeatures()
    {
        using ClockModel clock = ClockModel.Fit(Labels(Curve(1, 0.2f)));
        (clock.VisualEncoder, clock.AudioEncoder, clock.Scheme).ShouldBe((null, null, Joy));
    }

    private static LabelSet Labels(params EmotionCurves[] videos) => new("toy", Joy, videos.Select((curves, i) => new LabelledVideo($"v{i}", curves)));

    private static EmotionCurves Curve(double rate, params float[] values) => new(Joy, new TimeGrid(new Rate(rate), values.Length), values);

    private static VideoFeatures Video(double seconds) => new() { VideoId = "v", SourceName = "v.mp4", SourceBytes = 1, DurationSeconds = seconds };

    private static float[] Values(EmotionCurves curves) => curves.Values.ToArray();
}
