using Evoke.Encoders.Weights;
using Evoke.Tensors;

namespace Evoke.Encoders.Tests.Weights;

public sealed class WeightRegistryTests
{
    [Fact]
    public void EveryEncoderWithPublishedWeightsIsThereOnce() => WeightRegistry.All.Select(w => w.Name).ShouldBe(
    [
        "swin-l", "swin-b", "swin-s", "swin-t", "swin-l-384", "swin-b-384", "inception-v3",
        "se-resnet50", "se-resnet101", "se-resnet152", "se-resnext50", "se-resnext101", "vggish", "vggish-pca",
        "clip-vit-b-32", "clip-vit-l-14", "dinov2-vit-b-14", "dinov2-vit-l-14", "videomae-b", "panns-cnn14", "ast", "beats", "wav2vec2-base",
    ]);

    [Theory]
    [InlineData("swin-l", "https://github.com/SwinTransformer/storage/releases/download/v1.0.0/swin_large_patch4_window7_224_22k.pth", null)]
    [InlineData("swin-t", "https://github.com/SwinTransformer/storage/releases/download/v1.0.0/swin_tiny_patch4_window7_224.pth", null)]
    [InlineData("vggish", "https://github.com/harritaylor/torchvggish/releases/download/v0.1/vggish-10086976.pth", "10086976")]
    [InlineData("vggish-pca", "https://github.com/harritaylor/torchvggish/releases/download/v0.1/vggish_pca_params-970ea276.pth", "970ea276")]
    [InlineData("inception-v3", "https://download.pytorch.org/models/inception_v3_google-0cc3c7bd.pth", "0cc3c7bd")]
    [InlineData("se-resnext101", "http://data.lip6.fr/cadene/pretrainedmodels/se_resnext101_32x4d-3b2fe3d8.pth", "3b2fe3d8")]
    [InlineData("se-resnet50", "http://data.lip6.fr/cadene/pretrainedmodels/se_resnet50-ce0d4300.pth", "ce0d4300")]
    [InlineData("se-resnext50", "http://data.lip6.fr/cadene/pretrainedmodels/se_resnext50_32x4d-a260b3a4.pth", "a260b3a4")]
    public void TheAddressIsTheAuthors(string name, string address, string? sha256)
    {
        PretrainedWeights weights = WeightRegistry.Get(name);
        weights.Address!.AbsoluteUri.ShouldBe(address);
        (weights.Sha256?[..8]).ShouldBe(sha256);
    }

    [Fact]
    public void WhatComesWithoutEncryptionHasAHash() =>
        WeightRegistry.All.Where(w => w.Address is { Scheme: not "https" }).ShouldAllBe(w => w.Sha256 != null && w.Sha256.Length >= 8);

    [Fact]
    public void EveryRecordIsWhole()
    {
        foreach (PretrainedWeights weights in WeightRegistry.All)
        {
            weights.Licence.ShouldNotBeNullOrWhiteSpace();
            weights.Citation.ShouldContain("arXiv");
            weights.ApproximateBytes.ShouldBePositive();
            weights.FileName.ShouldEndWith(weights.IsUntested ? ".onnx" : ".pth");
            (weights is SoundWeights).ShouldBe(weights.Name.StartsWith("vggish", StringComparison.Ordinal));
            (weights.FeatureWidth > 0).ShouldBe(weights.Name != "vggish-pca");
            TensorFileFormat?[] formats = weights.IsUntested ? [null] : [TensorFileFormat.TorchZip, TensorFileFormat.TorchLegacy];
            weights.Format.ShouldBeOneOf(formats);
        }
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithThoseThatThereAre() =>
        Should.Throw<UnknownWeightsException>(() => WeightRegistry.Get("swin-xl")).Message.ShouldContain("swin-l, ");

    [Theory]
    [InlineData("3b2fe3d8ffff", true)]
    [InlineData("3b2fe3d9ffff", false)]
    public void AHashIsOfficialIfItBeginsAsPublished(string sha256, bool official) => WeightRegistry.Get("se-resnext101").IsOfficial(sha256).ShouldBe(official);
}
