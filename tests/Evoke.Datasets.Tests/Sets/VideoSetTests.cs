using Evoke.Curves;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Features;
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
            "The visual features of toy-visual in features mix precisions (2 videos in bfloat16, 1 videos in float32); they can still be used together. "
            + "Run 'evoke extract --precision' to give all of them the same precision.");
    }

    [Fact]
    public void WhatDoesNotSayItsPrecisionMakesTheSetUnsure()
    {
        VideoSet set = Join(id => id == "b" ? null : "bfloat16");
        set.Visual!.Encoder.Precision.ShouldBeNull();
        set.Notes.ShouldHaveSingleItem().ShouldContain("1 videos in an unstated precision");
    }

    [Fact]
    public void OtherWeightsAreRefusedByName()
    {
        DatasetException error = Should.Throw<DatasetException>(
            () => Join(id => "float32", id => ToyDataset.VisualEncoder with { WeightsSha256 = new string(id[0], 64) }));
        error.Message.ShouldContain("expected toy-visual (weights aaaaaaaaaaaa, float32)");
        error.Message.ShouldContain("video 'b' has toy-visual (weights bbbbbbbbbbbb, float32)");
    }

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
