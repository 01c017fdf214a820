using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Features;
using Evoke.Features.Hdf5;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Encoders.Tests;

public sealed class ImportedFeaturesTests : IDisposable
{
    private static readonly EncoderCatalog Catalog = EncoderCatalog.CreateDefault();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(50, null, "visual-lld")]
    [InlineData(50, "visual-lld", "visual-lld")]
    [InlineData(1536, "swin-l", "swin-l")]
    [InlineData(512, "my-own", "my-own")]
    [InlineData(512, "onnx:net.onnx", "onnx:net.onnx")]
    public void TheEncoderIsTheNamedOneOrTheOnlyOneOfThatWidth(int width, string? named, string expected) =>
        ImportedFeatures.Describe(Catalog.Visual, FileOf(width), new Rate(6), named).Encoder.ShouldBe(new EncoderIdentity(expected));

    [Theory]
    [InlineData(512, null, "its rows have 512 numbers, as resnet18, clip-vit-b-32 give. Name the encoder that made them: --visual NAME.")]
    [InlineData(500, null, "its rows have 500 numbers, which no visual encoder gives. Name the encoder that made them: --visual NAME.")]
    [InlineData(1536, null, "its rows have 1536 numbers, as swin-l, swin-l-384 give. Name the encoder that made them: --visual NAME.")]
    [InlineData(768, "swin-l", "its rows have 768 numbers; swin-l gives 1536. Name the encoder that made them: --visual NAME.")]
    public void WhatDoesNotFollowIsAskedFor(int width, string? named, string said)
    {
        string path = FileOf(width);
        Should.Throw<FeatureOriginException>(() => ImportedFeatures.Describe(Catalog.Visual, path, new Rate(6), named))
            .Message.ShouldBe($"{path}: {said}");
    }

    [Fact]
    public void SoundOfTheWidthOfVggishMustBeNamed() =>
        Should.Throw<FeatureOriginException>(() => ImportedFeatures.Describe(Catalog.Audio, FileOf(128), new Rate(1), null))
            .Message.ShouldContain("--audio NAME");

    private string FileOf(int width)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("store"));
        store.Write(new VideoFeatures
        {
            VideoId = "v",
            SourceName = "v",
            SourceBytes = 1,
            DurationSeconds = 2,
            Visual = new FeatureSequence(new EncoderIdentity("any"), new Rate(1), width, new float[2 * width]),
        });
        Hdf5Export.Run(store, FeatureModality.Visual, _folder.File("features.h5"), cancellationToken: TestContext.Current.CancellationToken);
        return _folder.File("features.h5");
    }
}
