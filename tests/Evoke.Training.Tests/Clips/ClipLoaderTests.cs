using Evoke.Curves;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Heads.Inputs;
using Evoke.Tensors;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;
using Evoke.Training.Sampling;

namespace Evoke.Training.Tests.Clips;

public sealed class ClipLoaderTests
{
    [Fact]
    public void EveryRowIsTheVideosOwnAtItsTime()
    {
        Recipe recipe = ToyDataset.Recipe("data.normalisation=none", "data.gaps=keep");
        VideoSet set = ToyDataset.Set("own", 20, recipe);
        ClipBatch batch = new();
        Loader(set, recipe).Fill(batch, 3, [5, 0, 19]);
        ClipPlan plan = new(recipe.Data, recipe.Train.Seed);
        for (int i = 0; i < 3; i++)
        {
            TrainingVideo video = set.Videos[batch.Videos[i]];
            PlannedClip clip = plan.StepsOf(video, batch.Videos[i], 3);
            VideoFeatures features = ToyDataset.Features(video.Id);
            for (int row = 0; row < batch.Steps; row++)
            {
                int step = clip.StepAt(row);
                batch.Visual.AsSpan(((i * batch.Steps) + row) * ToyDataset.VisualWidth, ToyDataset.VisualWidth).SequenceEqual(features.Visual!.Row(step))
                    .ShouldBeTrue();
                batch.Labels.AsSpan(((i * batch.Steps) + row) * 3, 3).SequenceEqual(video.Labels.Curves.Row(step * 6)).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void ThreadsDoNotChangeWhatIsLoaded()
    {
        Recipe recipe = ToyDataset.Recipe("data.time_dropout=0.5");
        VideoSet set = ToyDataset.Set("threads", 20, recipe);
        ClipLoader loader = Loader(set, recipe);
        IReadOnlyList<int[]> batches = EpochOrder.Batches(1, 2, 20, 6, dropLast: false);
        int number = 0;
        foreach (ClipBatch batch in loader.Load(2, batches, TestContext.Current.CancellationToken))
        {
            ClipBatch alone = new();
            loader.Fill(alone, 2, batches[number]);
            batch.Videos.ShouldBe(batches[number++]);
            batch.Visual.AsSpan(0, alone.Visual.Length).SequenceEqual(alone.Visual).ShouldBeTrue();
            batch.Labels.AsSpan(0, alone.Labels.Length).SequenceEqual(alone.Labels).ShouldBeTrue();
            batch.Mask.AsSpan(0, alone.Mask.Length).SequenceEqual(alone.Mask).ShouldBeTrue();
        }

        number.ShouldBe(batches.Count);
    }

    [Fact]
    public void AnErrorInTheBackgroundReachesTheTrainer()
    {
        Recipe recipe = ToyDataset.Recipe();
        string[] ids = ToyDataset.Ids("gone", 4);
        bool broken = false;
        MemoryFeatureSource source = new("source", ids, id => broken ? throw new DatasetException("the disk is gone") : ToyDataset.Features(id));
        VideoSet set = VideoSet.Join(new LabelSet("labels", ToyDataset.Scheme, ids.Select(ToyDataset.Labels)), source, ModalityChoice.Both, new Rate(1));
        broken = true;
        Should.Throw<DatasetException>(() => Loader(set, recipe).Load(0, [[0, 1]], TestContext.Current.CancellationToken).Count())
            .Message.ShouldBe("the disk is gone");
    }

    [Fact]
    public void GapsAreMaskedOrDropped()
    {
        Recipe recipe = ToyDataset.Recipe("data.clip_steps=0");
        TrainingVideo video = ToyDataset.Set("gaps", 30, recipe).Videos.First(
            v => Enumerable.Range(0, v.Steps).Any(s => !v.Labels.Curves.Row(s * 6).ContainsAnyExcept(0f)));
        int[] gaps = [.. Enumerable.Range(0, video.Steps).Where(s => !video.Labels.Curves.Row(s * 6).ContainsAnyExcept(0f))];

        ClipPlan masks = new(recipe.Data with { Gaps = GapTreatment.Mask }, 1);
        PlannedClip whole = masks.StepsOf(video, 0, 0);
        whole.Steps.ShouldBe(Enumerable.Range(0, video.Steps));
        float[] mask = new float[video.Steps];
        masks.WriteLabels(video, whole, 3, new float[video.Steps * 3], mask);
        Enumerable.Range(0, video.Steps).Where(s => mask[s] == 0).ShouldBe(gaps);

        new ClipPlan(recipe.Data with { Gaps = GapTreatment.Drop }, 1).StepsOf(video, 0, 0).Steps.ShouldBe(Enumerable.Range(0, video.Steps).Except(gaps));
    }

    [Fact]
    public void AShortVideoRepeatsItsLastStep()
    {
        Recipe recipe = ToyDataset.Recipe("data.clip_steps=500", "data.normalisation=none", "data.gaps=keep");
        VideoSet set = ToyDataset.Set("short", 3, recipe);
        ClipBatch batch = new();
        Loader(set, recipe).Fill(batch, 0, [0]);
        TrainingVideo video = set.Videos[0];
        batch.Labels.AsSpan(499 * 3, 3).SequenceEqual(video.Labels.Curves.Row((video.Steps - 1) * 6)).ShouldBeTrue();
        batch.Mask.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DType.F32)]
    [InlineData(DType.F16)]
    public void AStoreGivesWhatWasStored(DType type)
    {
        using TemporaryFolder folder = new();
        FeatureStore store = FeatureStore.OpenOrCreate(folder.Path);
        store.Write(ToyDataset.Features("a"), type);
        using StoreFeatureSource source = new(store);
        (source.Contains("a"), source.Contains("b")).ShouldBe((true, false));
        using IOpenFeatures open = source.Open("a");
        FeatureSequence expected = store.Read("a").Audio!;
        float[] room = new float[ToyDataset.AudioWidth];
        for (int step = 0; step < expected.Steps; step++)
        {
            open.Audio!.Row(step, room).SequenceEqual(expected.Row(step)).ShouldBeTrue();
        }
    }

    [Fact]
    public void WhatDoesNotGoTogetherIsNamed()
    {
        string[] ids = ToyDataset.Ids("apart", 3);
        LabelSet labels = new("labels.csv", ToyDataset.Scheme, ids.Select(ToyDataset.Labels));
        MemoryFeatureSource none = new("features", [], ToyDataset.Features);
        Should.Throw<DatasetException>(() => VideoSet.Join(labels, none, ModalityChoice.Both, new Rate(1)))
            .Message.ShouldContain("None of the 3 videos of labels.csv has features in features");
        MemoryFeatureSource mixed = new("features", ids, id => id != "apart1" ? ToyDataset.Features(id)
            : ToyDataset.Features(id) with { Visual = ToyDataset.Features(id).Visual! with { Encoder = new EncoderIdentity("other") } });
        Should.Throw<DatasetException>(() => VideoSet.Join(labels, mixed, ModalityChoice.Both, new Rate(1)))
            .Message.ShouldContain("expected toy-visual, 6 wide, as in the videos before; video 'apart1' has other, 6 wide");
        VideoSet.Join(
            labels, new MemoryFeatureSource("features", ["apart2"], ToyDataset.Features), ModalityChoice.Both, new Rate(1))
            .Missing.ShouldBe(["apart0", "apart1"]);
        Should.Throw<DatasetException>(() => labels.Merge(labels)).Message.ShouldContain("appears twice");
    }

    private static ClipLoader Loader(VideoSet set, Recipe recipe) => new(
        set,
        new ClipPlan(recipe.Data, recipe.Train.Seed),
        new StepGather(
            new ModalityInput(ToyDataset.VisualWidth, FeatureNormalisation.None, null, null),
            new ModalityInput(ToyDataset.AudioWidth, FeatureNormalisation.None, null, null), recipe.Data.Rate),
        recipe.Data);
}
