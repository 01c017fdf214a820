using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Testing.Learning;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;

namespace Evoke.Training.Tests.Clips;

public sealed class RecipeDataTests
{
    [Fact]
    public void ALagMovesTheLabelsThatAreTrainedAndValidatedOnEarlier()
    {
        string[] ids = ToyDataset.Ids("lag", 3);
        LabelSet train = new("train", ToyDataset.Scheme, ids[..2].Select(ToyDataset.Labels));
        LabelSet validation = new("val", ToyDataset.Scheme, [ToyDataset.Labels(ids[2])]);
        RecipeData data = new(train, validation, new MemoryFeatureSource("features", ids, ToyDataset.Features));

        RecipeSets prompt = data.For(ToyDataset.Recipe().Data), late = data.For(ToyDataset.Recipe("data.lag=2").Data);

        late.Train.Videos[1].LabelsNear(3).ToArray().ShouldBe(prompt.Train.Videos[1].LabelsNear(5).ToArray());
        late.Validation.Videos[0].Labels.Curves.Grid.Count.ShouldBe(prompt.Validation.Videos[0].Labels.Curves.Grid.Count - 12);
        late.Train.Videos[0].Steps.ShouldBe(prompt.Train.Videos[0].Steps - 2);
        Should.Throw<DatasetException>(() => train.Earlier(1000)).Message.ShouldContain("expected videos longer than the lag of 1000 s; video 'lag0'");
        Should.Throw<RecipeException>(() => ToyDataset.Recipe("data.lag=-1")).Message.ShouldContain("data.lag");
    }
}
