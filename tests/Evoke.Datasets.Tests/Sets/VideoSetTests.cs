using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Testing;
using Evoke.Testing.Learning;

namespace Evoke.Datasets.Tests.Sets;

public sealed class VideoSetTests
{
    private static readonly LabelSet Labels = new("labels.csv", ToyDataset.Scheme, [ToyDataset.Labels("a"), ToyDataset.Labels("b"), ToyDataset.Labels("c")]);

    [Fact]
    public void FeaturesOfOnePrecisionSayIt()
    {
        VideoSet set = Join(id => "bfloat16");
        set.Visual!.Encoder.ShouldBe(ToyDataset.VisualEncoder with { Precision = "bfloat16" });
        set.Audio!.Encoder.Precision.ShouldBeNull();
        set.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void MixedPrecisionsServeWithAWord()
    {
        VideoSet set = Join(id => id == "b" ? "float32" : "bfloat16");
        set.Videos.Count.ShouldBe(3);
        set.Visual!.Encoder.Precision.ShouldBe("bfloat16+float32");
        set.Notes.ShouldHaveSingleItem().ShouldBe(
            "The visual features of toy-visual in features mix precisions (2 videos in bfloat16, 1 video in float32); they can still be used together. "
            + "Run 'evoke extract --precision' to give all of them the same precision.");
    }

    [Fact]
    public void WhatDoesNotSayItsPrecisionMakesTheSetUnsure()
    {
        VideoSet set = Join(id => id == "b" ? null : "bfloat16");
        set.Visual!.Encoder.Precision.ShouldBeNull();
        set.Notes.ShouldHaveSingleItem().ShouldContain("1 video in an unstated precision");
    }

    [Fact]
    public void OtherWeightsAreRefusedByName()
    {
        DatasetException error = Should.Throw<DatasetException>(
            () => Join(id => "float32", id => ToyDataset.VisualEncoder with { WeightsSha256 = new string(id[0], 64) }));
        error.Message.ShouldContain("expected toy-visual (weights aaaaaaaaaaaa, float32)");
        error.Message.ShouldContain("video 'b' has toy-visual (weights bbbbbbbbbbbb, float32)");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3)]
    public void LabelsOfAnotherLengthThanTheirFeaturesAreRefused(double times)
    {
        VideoFeatures features = ToyDataset.Features("a");
        int rows = (int)(6 * times * features.DurationSeconds);
        EmotionCurves labels = new(ToyDataset.Scheme, new TimeGrid(new Rate(6), rows), new float[3 * rows]);
        DatasetException error = Should.Throw<DatasetException>(() => Join(labels, features, 1));
        error.Message.ShouldContain("Video 'a': the labels in labels.csv last");
        error.Message.ShouldContain("check the timestamps of the labels and the rate of the features");
    }

    [Fact]
    public void LabelsMayEndSecondsBeforeTheVideo()
    {
        VideoFeatures features = ToyDataset.Features("a") with { DurationSeconds = 3 };
        features = features with { Visual = Cut(features.Visual!, 3), Audio = Cut(features.Audio!, 3) };
        Join(new EmotionCurves(ToyDataset.Scheme, new TimeGrid(new Rate(6), 7), new float[21]), features, 1).Videos.ShouldHaveSingleItem().Steps.ShouldBe(2);
    }

    [Fact]
    public void ARateThatContradictsTheVideosLengthIsRefused()
    {
        VideoFeatures features = ToyDataset.Features("a");
        VideoFeatures wrong = features with { Visual = features.Visual! with { Rate = new Rate(6) } };
        DatasetException error = Should.Throw<DatasetException>(() => Join(ToyDataset.Labels("a").Curves, wrong, 1));
        error.Message.ShouldContain("rows of visual features at 6 Hz in features");
        error.Message.ShouldContain("the video, as the features say,");
    }

    [Fact]
    public void AClockFasterThanTheFeaturesIsRefused()
    {
        EmotionCurves labels = ToyDataset.Labels("a").Curves;
        Should.Throw<DatasetException>(() => Join(labels, ToyDataset.Features("a"), 2)).Message.ShouldBe(
            "Video 'a': its visual features in features have 1 row per second; data.rate must not be above that, and is 2. "
            + "Extract features at that rate, or lower data.rate.");
        Join(labels, ToyDataset.FeaturesAt("a", 2), 2).Videos.ShouldHaveSingleItem();
    }

    [Fact]
    public void MillisecondsAreSaid()
    {
        using TemporaryFolder folder = new();
        int seconds = (int)ToyDataset.Features("a").DurationSeconds;
        string path = folder.File("ms.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 2 * seconds).Select(row => $"a,{500 * row},0.5").Prepend("Video ID,Timestamp (milliseconds),joy"));
        LabelSet labels = LabelSet.Read(path);
        labels.Videos[0].Curves.Grid.Rate.ShouldBe(new Rate(2));
        MemoryFeatureSource features = new("features", ["a"], ToyDataset.Features);
        VideoSet.Join(labels, features, ModalityChoice.Both, new Rate(1)).Notes.ShouldHaveSingleItem().ShouldBe(
            $"The timestamps of {path} are taken to be in milliseconds.");
    }

    private static FeatureSequence Cut(FeatureSequence rows, int steps) =>
        new(rows.Encoder, rows.Rate, rows.Width, [.. Enumerable.Range(0, steps).SelectMany(step => rows.Row(step).ToArray())]);

    private static VideoSet Join(EmotionCurves labels, VideoFeatures features, int rate) => VideoSet.Join(
        new LabelSet("labels.csv", labels.Scheme, [new LabelledVideo("a", labels)]), new MemoryFeatureSource("features", ["a"], _ => features),
        ModalityChoice.Both, new Rate(rate));

    private static VideoSet Join(Func<string, string?> precision, Func<string, EncoderIdentity>? encoder = null)
    {
        MemoryFeatureSource features = new("features", ["a", "b", "c"], id =>
        {
            VideoFeatures made = ToyDataset.Features(id);
            EncoderIdentity eye = encoder?.Invoke(id) ?? made.Visual!.Encoder;
            return made with { Visual = made.Visual! with { Encoder = eye with { Precision = precision(id) } } };
        });
        return VideoSet.Join(Labels, features, ModalityChoice.Both, new Rate(1));
    }
}
