using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Testing;

namespace Evoke.Heads.Tests.Inputs;

public sealed class FeatureExpansionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachScaleIsTheMeanOverItsWindowCutOffAtTheEnds()
    {
        FeatureSequence expanded = FeatureExpansion.Full(2, [1, 3], centre: false).Apply(Sequence(1, 2, [1, 10, 2, 20, 6, 30, 8, 40]));
        expanded.Width.ShouldBe(4);
        expanded.Row(0).ToArray().ShouldBe([1, 10, 1.5f, 15]);
        expanded.Row(1).ToArray().ShouldBe([2, 20, 3, 20]);
        expanded.Row(3).ToArray().ShouldBe([8, 40, 7, 35]);
    }

    [Fact]
    public void AWindowIsInSecondsWhateverTheRate()
    {
        float[] ramp = [.. Enumerable.Range(0, 30).Select(i => (float)(i * i))];
        FeatureExpansion five = FeatureExpansion.Full(1, [5], centre: false);
        five.Apply(Sequence(6, 1, ramp)).Row(15)[0].ShouldBe(ramp.Average(), 1e-2f); // 15 steps to either side
        five.Apply(Sequence(1, 1, ramp)).Row(15)[0].ShouldBe(ramp[13..18].Average(), 1e-3f);
    }

    [Fact]
    public void CentredNumbersHaveNoMeanAndKeepTheirShape()
    {
        FeatureExpansion plain = FeatureExpansion.Full(1, [1, 5], centre: false);
        float[] values = [3, 4, 9, 1, 5, 7];
        FeatureSequence centred = (plain with { Centre = true }).Apply(Sequence(1, 1, values)), expected = plain.Apply(Sequence(1, 1, values));
        for (int column = 0; column < 2; column++)
        {
            float[] found = [.. Enumerable.Range(0, 6).Select(step => centred.Row(step)[column])];
            float[] before = [.. Enumerable.Range(0, 6).Select(step => expected.Row(step)[column])];
            found.Average().ShouldBe(0, 1e-5f);
            found.Select((value, step) => value - before[step]).ShouldAllBe(difference => Math.Abs(difference - (found[0] - before[0])) < 1e-5);
        }
    }

    [Fact]
    public void StandardisedNumbersHaveADeviationOfOneAndConstantOnesAreZero()
    {
        FeatureExpansion each = FeatureExpansion.Full(3, [1, 5], centre: true) with { Standardise = true };
        float[] values = [3, 4e6f, 0.1f, 5, 4e6f, 0.1f, 10, 4e6f, 0.1f, 2, 4e6f, 0.1f, 7, 4e6f, 0.1f, 9, 4e6f, 0.1f];
        FeatureSequence found = each.Apply(Sequence(1, 3, values));
        FeatureSequence times1000 = each.Apply(Sequence(1, 3, [.. values.Select(value => value * 1000)]));
        foreach (int column in (int[])[0, 3])
        {
            double[] numbers = [.. Enumerable.Range(0, 6).Select(step => (double)found.Row(step)[column])];
            numbers.Average().ShouldBe(0, 1e-6);
            Math.Sqrt(numbers.Average(number => number * number)).ShouldBe(1, 1e-6);
            numbers.ShouldBe(Enumerable.Range(0, 6).Select(step => (double)times1000.Row(step)[column]), 1e-6);
        }

        // The mean of 3, 5, 10, 2, 7 and 9 is 6, and their deviation the square root of 52 / 6.
        found.Row(0)[0].ShouldBe((float)(-3 / Math.Sqrt(52 / 6.0)), 1e-6f);
        for (int step = 0; step < 6; step++)
        {
            foreach (int column in (int[])[1, 2, 4, 5])
            {
                found.Row(step)[column].ShouldBe(0);
            }
        }

        (each with { Centre = false }).FindMistakes("audio").ShouldHaveSingleItem().ShouldContain("the audio features standardises what it does not centre");
        each.FindMistakes("audio").ShouldBeEmpty();
        each.ShouldNotBe(each with { Standardise = false });
    }

    [Fact]
    public void KeptColumnsAreThoseOfTheWhole()
    {
        FeatureExpansion full = FeatureExpansion.Full(2, [1, 3], centre: false);
        float[] values = [1, 10, 2, 20, 6, 30];
        FeatureSequence all = full.Apply(Sequence(1, 2, values)), some = (full with { Columns = [3, 0] }).Apply(Sequence(1, 2, values));
        for (int step = 0; step < 3; step++)
        {
            some.Row(step).ToArray().ShouldBe([all.Row(step)[3], all.Row(step)[0]]);
        }

        Should.Throw<ArgumentException>(() => full.Apply(Sequence(1, 3, [1, 2, 3]))).Message.ShouldContain("Expected 2 features per step; found 3");
    }

    [Fact]
    public void AModelFileCarriesItAndPredictsThroughIt()
    {
        ModelDescription description = SampleModels.Description with
        {
            Head = new RidgeHeadConfig { VisualWidth = 2, AudioWidth = 2, Emotions = 2 },
            VisualExpansion = FeatureExpansion.Full(3, [1, 5], centre: true) with { Columns = [1, 5], Standardise = true },
        };
        string path = _folder.File("ridge.safetensors");
        ModelContent content = SampleModels.Content(description);
        ModelFile.Write(path, content);
        using HeadModel model = HeadModel.Load(path);
        model.Members[0].VisualExpansion.ShouldBe(description.VisualExpansion);
        VideoFeatures video = SampleModels.Video(20);
        EmotionCurves curves = model.Predict(video).Mean;

        FeatureSequence seen = description.VisualExpansion!.Apply(video.Visual!);
        float[] slopes = content.Weights.Single(weight => weight.Spec.Name == RidgeHead.SlopesName).Values;
        float[] bias = content.Weights.Single(weight => weight.Spec.Name == RidgeHead.BiasName).Values;
        for (int step = 0; step < 20; step++)
        {
            float[] input = [.. seen.Row(step), .. video.Audio!.Row(step)];
            float expected = bias[1] + input.Select((value, i) => value * slopes[4 + i]).Sum();
            curves[step, 1].ShouldBe(Math.Clamp(expected, 0, 1), 1e-5f);
        }
    }

    [Fact]
    public void AnExpansionThatDoesNotFitTheHeadIsRefused()
    {
        ModelDescription description = SampleModels.Description with { VisualExpansion = FeatureExpansion.Full(3, [1, 5], centre: false) };
        Should.Throw<ModelDescriptionException>(() => SampleModels.Write(_folder, "wide", description)).Message
            .ShouldContain("the expansion of the visual features gives 6 numbers; the head takes 3");
        ModelDescription beyond = SampleModels.Description with { AudioExpansion = new() { FeatureWidth = 2, Scales = [1], Columns = [0, 7] } };
        Should.Throw<ModelDescriptionException>(() => SampleModels.Write(_folder, "beyond", beyond)).Message.ShouldContain("found column 7");
    }

    private static FeatureSequence Sequence(int rate, int width, float[] values) => new(new EncoderIdentity("eye"), new Rate(rate), width, values);
}
