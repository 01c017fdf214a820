using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;

namespace Evoke.Training.Tests.Clips;

public sealed class RecipeDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ALabelWhoseRatersDisagreePullsLessAndTheMeanWeightIsOne()
    {
        string[] ids = ToyDataset.Ids("spread", 2);
        RecipeData data = Rated(ids, (video, row) => row == 12 ? 0.5f : row == 18 ? float.NaN : 0.02f);
        Recipe recipe = ToyDataset.Recipe("loss.weights=spread", "loss.spread_floor=0.05");

        RecipeSets sets = data.For(recipe);
        SpreadWeights weights = SpreadWeights.Of(recipe.Loss, sets.Train)!;
        ClipPlan plan = new(recipe.Data, recipe.Train.Seed, sets.Train.Labels.HasMissing, weights);
        TrainingVideo video = sets.Train.Videos[0];
        PlannedClip clip = new([1, 2, 3], Counts: true); // seconds, and so rows 6, 12 and 18
        float[] found = new float[9];
        plan.WriteWeights(video, clip, found);

        (found[0] / found[3]).ShouldBe(10, 1e-4f); // 1 / 0.05, the floor, against 1 / 0.5
        found[6..].ShouldBe([1, 1, 1]);
        int rows = sets.Train.Videos.Sum(each => each.Labels.Curves.Grid.Count), odd = ids.Length;
        double mean = (((rows - (2 * odd)) * 20) + (odd * 2)) / (double)(rows - odd);
        found[0].ShouldBe((float)(20 / mean), 1e-4f);
        SpreadWeights.Of(ToyDataset.Recipe().Loss, sets.Train).ShouldBeNull();
        sets.Train.Fingerprint.Videos[0].Labels.ShouldNotBe(data.For(ToyDataset.Recipe()).Train.Fingerprint.Videos[0].Labels);
    }

    [Fact]
    public void ALagMovesTheSpreadWithItsLabels()
    {
        string[] ids = ToyDataset.Ids("late", 1);
        RecipeSets sets = Rated(ids, (_, row) => row).For(ToyDataset.Recipe("loss.weights=spread", "data.lag=2"));
        sets.Train.Videos[0].SpreadNear(3)[0].ShouldBe(30); // row 6 * 5 of the table
    }

    [Fact]
    public void LabelsWithoutSpreadAreRefusedInWords()
    {
        Recipe recipe = ToyDataset.Recipe("loss.weights=spread");
        string[] ids = ToyDataset.Ids("none", 1);
        MemoryFeatureSource features = new("features", ids, ToyDataset.Features);
        LabelSet inMemory = new("made", ToyDataset.Scheme, ids.Select(ToyDataset.Labels));
        Should.Throw<DatasetException>(() => new RecipeData(inMemory, inMemory, features).For(recipe)).Message
            .ShouldBe("Labels made: expected a file with spread.csv beside it, the spread of the raters; these labels have none.");

        RecipeData rated = Rated(ids, (_, _) => 0.1f);
        File.Delete(_folder.File("spread.csv"));
        Should.Throw<DatasetException>(() => rated.For(recipe)).Message
            .ShouldEndWith("spread.csv, the spread of the raters, which 'evoke dataset import' writes beside labels; found none.");
        Should.Throw<DatasetException>(() => Rated(ids, (_, _) => float.NaN).For(recipe)).Message.ShouldContain("the spread is missing everywhere");
        Should.Throw<DatasetException>(() => Rated(ids, (_, _) => 0.1f, shorterBy: 1).For(recipe)).Message
            .ShouldContain("expected a row for each label of video 'none0'");
        Should.Throw<DatasetException>(() => SpreadWeights.Of(recipe.Loss, ToyDataset.Set("made", 1, recipe))).Message
            .ShouldContain("expected the spread of the raters beside the labels made; found none.");
    }

    // Labels in a file, with spread.csv beside it.
    private RecipeData Rated(string[] ids, Func<string, int, float> spreadOf, int shorterBy = 0)
    {
        EmotionScheme scheme = new(ToyDataset.Scheme.Names, ToyDataset.Scheme.Names.Select(_ => new CurveRange(0, 10_000)), zeroRowsAreMissing: false);
        LabelledVideo[] labels = [.. ids.Select(ToyDataset.Labels)];
        EevCsv.Write(ToyDataset.Scheme, labels, _folder.File("train.csv"));
        EevCsv.Write(scheme, labels.Select(video => SpreadOf(video, scheme, spreadOf, shorterBy)), _folder.File("spread.csv"));
        LabelSet train = LabelSet.Read(_folder.File("train.csv"));
        return new RecipeData(train, train, new MemoryFeatureSource("features", ids, ToyDataset.Features));
    }

    private static LabelledVideo SpreadOf(LabelledVideo labels, EmotionScheme scheme, Func<string, int, float> spreadOf, int shorterBy)
    {
        int rows = labels.Curves.Grid.Count - shorterBy;
        float[] values = [.. Enumerable.Range(0, rows * scheme.Count).Select(i => spreadOf(labels.VideoId, i / scheme.Count))];
        return new LabelledVideo(labels.VideoId, new EmotionCurves(scheme, new TimeGrid(labels.Curves.Grid.Rate, rows), values));
    }

    [Fact]
    public void ALagMovesTheLabelsThatAreTrainedAndValidatedOnEarlier()
    {
        string[] ids = ToyDataset.Ids("lag", 3);
        LabelSet train = new("train", ToyDataset.Scheme, ids[..2].Select(ToyDataset.Labels));
        LabelSet validation = new("val", ToyDataset.Scheme, [ToyDataset.Labels(ids[2])]);
        RecipeData data = new(train, validation, new MemoryFeatureSource("features", ids, ToyDataset.Features));

        RecipeSets prompt = data.For(ToyDataset.Recipe()), late = data.For(ToyDataset.Recipe("data.lag=2"));

        late.Train.Videos[1].LabelsNear(3).ToArray().ShouldBe(prompt.Train.Videos[1].LabelsNear(5).ToArray());
        late.Validation.Videos[0].Labels.Curves.Grid.Count.ShouldBe(prompt.Validation.Videos[0].Labels.Curves.Grid.Count - 12);
        late.Train.Videos[0].Steps.ShouldBe(prompt.Train.Videos[0].Steps - 2);
        Should.Throw<DatasetException>(() => train.Earlier(1000)).Message.ShouldContain("expected videos longer than the lag of 1000 s; video 'lag0'");
        Should.Throw<RecipeException>(() => ToyDataset.Recipe("data.lag=-1")).Message.ShouldContain("data.lag");
    }
}
