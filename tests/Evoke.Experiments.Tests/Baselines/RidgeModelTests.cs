using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Baselines;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Testing;

namespace Evoke.Experiments.Tests.Baselines;

public sealed class RidgeModelTests
{
    private const int Seconds = 40;
    private const int Width = 3;

    private static readonly EmotionScheme Joy = new(["joy"]);
    private static readonly EncoderIdentity Encoder = new("toy");

    [Fact]
    public void LabelsOnALineAreFoundExactly()
    {
        using RidgeModel ridge = Fit(OnALine, new RidgeOptions { Penalties = [1e-9] });
        EmotionCurves expected = Curves("new", OnALine);
        ridge.Predict(Features("new")).Mean.Values.ToArray().ShouldBe(expected.Values.ToArray(), 1e-4);
    }

    [Fact]
    public void APenaltyWithoutEndLeavesTheMeanLabel()
    {
        using RidgeModel ridge = Fit(OnALine, new RidgeOptions { Penalties = [1e12] });
        float mean = Train.SelectMany(id => Curves(id, OnALine).Values.ToArray()).Average();
        ridge.Predict(Features("new")).Mean.Values.ToArray().ShouldAllBe(value => Math.Abs(value - mean) < 1e-4);
    }

    // For one standardised feature x, the slope at a penalty p is cov(x, y) / (1 + p).
    [Fact]
    public void OfOneFeatureTheSlopeShrinksAsTheFormulaSays()
    {
        const double Penalty = 0.5;
        using RidgeModel free = Fit(OnALine, new RidgeOptions { Penalties = [1e-9] }, width: 1);
        using RidgeModel bound = Fit(OnALine, new RidgeOptions { Penalties = [Penalty] }, width: 1);
        float[] one = free.Predict(Features("new", 1)).Mean.Values.ToArray(), other = bound.Predict(Features("new", 1)).Mean.Values.ToArray();
        double Slope(float[] values) => values[1] - values[0];
        Slope(other).ShouldBe(Slope(one) / (1 + Penalty), 1e-5);
    }

    [Fact]
    public void OfSeveralPenaltiesTheOneThatValidatesBestIsKept()
    {
        using RidgeModel ridge = Fit(OnALine, new RidgeOptions { Penalties = [1e12, 1e-9] });
        EmotionCurves expected = Curves("new", OnALine);
        ridge.Predict(Features("new")).Mean.Values.ToArray().ShouldBe(expected.Values.ToArray(), 1e-4);
    }

    [Fact]
    public void WhatFollowsFromTheStepBeforeIsSeenWithContextOnly()
    {
        float Before(string id, int second) => OnALine(id, Math.Max(0, second - 1));
        EmotionCurves expected = Curves("new", Before);
        using RidgeModel alone = Fit(Before, new RidgeOptions { Penalties = [1e-9] });
        using RidgeModel context = Fit(Before, new RidgeOptions { Penalties = [1e-9], ContextSteps = 1 });
        MeanError(alone, expected).ShouldBeGreaterThan(0.02);
        MeanError(context, expected).ShouldBeLessThan(1e-4);
        context.Name.ShouldBe("ridge, 1 step to either side");
    }

    [Fact]
    public void RowsWithoutAFaceDoNotCount()
    {
        float WithGaps(string id, int second) => second % 5 == 2 ? 0 : OnALine(id, second);
        using RidgeModel ridge = Fit(WithGaps, new RidgeOptions { Penalties = [1e-9] });
        MeanError(ridge, Curves("new", OnALine)).ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void ASetWithoutAnyFaceIsAnError() =>
        Should.Throw<DatasetException>(() => Fit((_, _) => 0, new RidgeOptions()))
            .Message.ShouldBe("Labels train: no row has labels (all are 0); there is nothing to fit.");

    [Fact]
    public void FeaturesOfAnotherEncoderAreRefused()
    {
        using RidgeModel ridge = Fit(OnALine, new RidgeOptions());
        VideoFeatures other = Features("new") with { Visual = Features("new").Visual! with { Encoder = new EncoderIdentity("another") } };
        Should.Throw<IncompatibleFeaturesException>(() => ridge.Predict(other)).Message.ShouldContain("another");
    }

    private static string[] Train => ["a", "b", "c"];

    private static RidgeModel Fit(Func<string, int, float> label, RidgeOptions options, int width = Width) =>
        RidgeModel.Fit(Set("train", Train, label, width), Set("val", ["d"], label, width), options, TestContext.Current.CancellationToken);

    private static VideoSet Set(string name, string[] ids, Func<string, int, float> label, int width) => VideoSet.Join(
        new LabelSet(name, Joy, ids.Select(id => new LabelledVideo(id, Curves(id, label)))), new MemoryFeatureSource(name, ids, id => Features(id, width)),
        ModalityChoice.Visual, rate: new Rate(1));

    private static float OnALine(string id, int second) => 0.5f + (0.3f * Feature(id, second, 0)) - (0.1f * Feature(id, second, 1));

    private static EmotionCurves Curves(string id, Func<string, int, float> label) =>
        new(Joy, new TimeGrid(new Rate(1), Seconds), [.. Enumerable.Range(0, Seconds).Select(second => label(id, second))]);

    private static VideoFeatures Features(string id, int width = Width) => new()
    {
        VideoId = id,
        SourceName = id + ".mp4",
        SourceBytes = 1,
        DurationSeconds = Seconds,
        Visual = new FeatureSequence(Encoder, new Rate(1), width, [.. Enumerable.Range(0, Seconds * width).Select(i => Feature(id, i / width, i % width))]),
    };

    private static float Feature(string id, int second, int column) => (float)((2 * GoldenTensor.Unit(id, (second * Width) + column)) - 1);

    private static double MeanError(RidgeModel ridge, EmotionCurves expected) =>
        ridge.Predict(Features("new")).Mean.Values.ToArray().Zip(expected.Values.ToArray(), (found, wanted) => Math.Abs((double)found - wanted)).Average();
}
