using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Tests.Epochs;

/// <summary>Training on labels that are not EEV's: on other scales, with missing values.</summary>
public sealed class OtherLabelsTests : IDisposable
{
    private static readonly EmotionScheme s_signed = new(
        ["Joy", "awe", "pain"], [new CurveRange(-1, 1), new CurveRange(1, 9, "points"), CurveRange.ZeroToOne], zeroRowsAreMissing: false);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModelKeepsTheScalesOfItsLabels()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=12", "head.start_at_labels=true", "loss.kind=ccc");
        RunFinished plain = Train(recipe, "plain", id => Converted(id, new EmotionScheme(s_signed.Names)));
        RunFinished signed = Train(recipe, "signed", id => Converted(id, s_signed));

        // The head learns shares of the ranges: the same numbers but for rounding.
        signed.BestScores["pearson"].ShouldBe(plain.BestScores["pearson"], 1e-3);
        signed.BestScores["pearson"].ShouldBeGreaterThan(0.3);

        using HeadModel model = HeadModel.Load(_folder.File("signed/best.safetensors"));
        using HeadModel other = HeadModel.Load(_folder.File("plain/best.safetensors"));
        model.Scheme.ShouldBe(s_signed);
        model.Members[0].Ranges.ShouldBe(s_signed.Ranges);
        other.Members[0].Ranges.ShouldBeNull();
        EmotionCurves curves = model.Predict(ToyDataset.Features("val1")).Mean;
        float[] expected = other.Predict(ToyDataset.Features("val1")).Mean.Values.ToArray();
        s_signed.FromShares(expected);
        curves.Values.ToArray().ShouldBe(expected, 0.05);
        curves.Column(0).ShouldAllBe(value => value >= -1 && value <= 1);
        curves.Column(1).ShouldAllBe(value => value >= 1 && value <= 9);
        curves.Column(1).Average().ShouldBeGreaterThan(1.5f);
    }

    [Fact]
    public void ARowWithoutAnyLabelIsTrainedOnAsLittleAsAGapOfZeros()
    {
        Recipe masked = ToyDataset.Recipe("data.gaps=mask", "train.epochs=4");
        Recipe kept = ToyDataset.Recipe("data.gaps=keep", "train.epochs=4");
        Train(masked, "zeros", ToyDataset.Labels);
        Train(kept, "blanks", Blanked);
        Train(kept, "kept", ToyDataset.Labels);
        LastWeights("blanks").ShouldBe(LastWeights("zeros"));
        LastWeights("kept").ShouldNotBe(LastWeights("zeros"));
    }

    [Fact]
    public void ALabelThatIsMissingTeachesNothing()
    {
        // Awe has no labels at all: the weights of its output stay as they were drawn, but for the weight decay, which is off.
        Recipe recipe = ToyDataset.Recipe("train.epochs=2", "train.weight_decay=0", "loss.kind=mse");
        Train(recipe, "blank", id => Without(id, float.NaN));
        RunFinished finished = Train(recipe, "again", id => Without(id, float.NaN));
        double.IsFinite(finished.BestScores["pearson"]).ShouldBeTrue();
        string[] lines = File.ReadAllLines(_folder.File("blank/metrics.csv"));
        int awe = Array.IndexOf(lines[0].Split(','), "pearson.awe");
        lines[^1].Split(',')[awe].ShouldBeEmpty();
        lines[^1].Split(',')[awe - 1].ShouldNotBeEmpty();
        File.ReadAllText(_folder.File("blank/report.html")).ShouldNotContain("NaN");
    }

    [Fact]
    public void SetsOnDifferentScalesAreRefused()
    {
        Recipe recipe = ToyDataset.Recipe();
        VideoSet train = ToyDataset.Set("train", 8, recipe, id => Converted(id, s_signed)), validation = ToyDataset.Set("val", 2, recipe);
        Should.Throw<DatasetException>(() => Trainer.Open(
                recipe, train, validation, new RunFolder(_folder.File("apart")), cancellationToken: TestContext.Current.CancellationToken)).Message
            .ShouldContain("Training and validation must have the same emotions: train has Joy from -1 to 1, awe from 1 to 9 (points), pain");
    }

    private RunFinished Train(Recipe recipe, string name, Func<string, LabelledVideo> labels)
    {
        using Trainer trainer = Trainer.Open(
            recipe, ToyDataset.Set("train", 24, recipe, labels), ToyDataset.Set("val", 8, recipe, labels), new RunFolder(_folder.File(name)),
            cancellationToken: TestContext.Current.CancellationToken);
        return trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
    }

    private float[] LastWeights(string run)
    {
        using ModelFile file = ModelFile.Open(_folder.File($"{run}/last.safetensors"));
        using ReactionHead head = file.CreateHead(0);
        return [.. head.CopyWeights().SelectMany(weights => weights.Values)];
    }

    // The toy labels are shares; a gap of zeros becomes a row without labels.
    private static LabelledVideo Converted(string id, EmotionScheme scheme)
    {
        EmotionCurves toy = ToyDataset.Labels(id).Curves;
        float[] values = Blanked(id).Curves.Values.ToArray();
        scheme.FromShares(values);
        return new LabelledVideo(id, new EmotionCurves(scheme, toy.Grid, values));
    }

    private static LabelledVideo Blanked(string id)
    {
        EmotionCurves toy = ToyDataset.Labels(id).Curves;
        int emotions = toy.Scheme.Count;
        return new LabelledVideo(
            id, new EmotionCurves(toy.Scheme, toy.Grid, [.. toy.Values.ToArray().Select((value, i) => toy.IsGap(i / emotions) ? float.NaN : value)]));
    }

    private static LabelledVideo Without(string id, float awe)
    {
        EmotionCurves toy = ToyDataset.Labels(id).Curves;
        return new LabelledVideo(id, new EmotionCurves(toy.Scheme, toy.Grid, [.. toy.Values.ToArray().Select((value, i) => i % 3 == 1 ? awe : value)]));
    }
}
