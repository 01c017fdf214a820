using System.Security.Cryptography;
using Evoke.Curves;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Tests.Networks;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Deep;

/// <summary>swin-t with golden weights, from its weight file to the features of a film.</summary>
public sealed class DeepVisualEncoderTests : IClassFixture<DeepVisualEncoderTests.SwinFiles>
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly SwinFiles _files;

    public DeepVisualEncoderTests(SwinFiles files) => _files = files;

    private static EncoderOptions Exact(string file) => new() { WeightsFile = file, Precision = Precision.Float32 };

    [Fact]
    public void FeaturesCarryTheHashOfTheirWeights()
    {
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.Pth));
        encoder.Identity.ShouldBe(
            new EncoderIdentity("swin-t", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_files.Pth)))) { Precision = "float32" });
        using IVisualEncoder fast = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.Pth) with { Precision = Precision.BFloat16 });
        fast.Identity.ShouldBe(encoder.Identity with { Precision = "bfloat16" });
        encoder.FeatureWidth.ShouldBe(768);
        encoder.FramesFor(new Rate(2)).ShouldBe(new FrameSpec { Width = 224, Height = 224, Rate = 2 });
    }

    [Fact]
    public void FramesBecomeTheFeaturesOfTheNetworkWhateverTheBatches()
    {
        // 11 frames: one full batch and the beginning of a second.
        byte[][] frames = [.. Enumerable.Range(0, 11).Select(Frame)];
        float[] normalised = [.. frames.SelectMany(Normalise)];
        using SwinTransformer network = new(SwinConfig.Tiny, _files.Weights, "swin-t", "golden weights", NetworkPlacement.Exact);
        float[] expected = NetworkAssert.Features(network, normalised, [11, 3, 224, 224]);

        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.SafeTensors));
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        for (int i = 0; i < frames.Length; i++)
        {
            session.Push(new FrameChunk(i, frames[i]));
        }

        session.FramesWaiting.ShouldBe(3);
        float[] found = session.Complete(13);
        NetworkAssert.IsWithin(1e-5, found[..(11 * 768)], expected);

        // After the end of the picture, its last step is repeated.
        found[(11 * 768)..(12 * 768)].ShouldBe(found[(10 * 768)..(11 * 768)]);
        found[(12 * 768)..].ShouldBe(found[(10 * 768)..(11 * 768)]);
    }

    [Fact(Explicit = true)] // about a minute of two cores: `./test.sh --full`
    public async Task OnARealFilmBFloat16PointsTheSameWayAsFloat32()
    {
        string film = Film("bbb_480p_30s.mp4");
        using IVisualEncoder exact = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.Pth));
        using IVisualEncoder fast = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.SafeTensors) with { Precision = Precision.BFloat16 });

        FeatureSequence expected = (await new FeatureExtractor(exact, null).ExtractAsync(film, cancellationToken: None)).Visual!;
        FeatureSequence found = (await new FeatureExtractor(fast, null).ExtractAsync(film, cancellationToken: None)).Visual!;

        expected.Steps.ShouldBeGreaterThan(20);
        found.Steps.ShouldBe(expected.Steps);
        expected.Row(0).ToArray().ShouldNotBe(expected.Row(20).ToArray());
        Enumerable.Range(0, expected.Steps).Min(step => CosineSimilarity.Of(found.Row(step), expected.Row(step))).ShouldBeGreaterThan(0.999);
    }

    [Fact(Explicit = true)] // about a minute of two cores: `./test.sh --full`
    public async Task OnARealFilmInt8PointsNearlyTheSameWayAndSaysWhatItIs()
    {
        Assert.SkipUnless(CpuFeatures.Current.Avx512Vnni, "this processor has no AVX512_VNNI");
        string film = Film("bbb_480p_30s.mp4");
        using IVisualEncoder exact = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.SafeTensors));
        using IVisualEncoder small = EncoderCatalog.CreateDefault().CreateVisual("swin-t", Exact(_files.SafeTensors) with { Precision = Precision.Int8 });

        FeatureSequence expected = (await new FeatureExtractor(exact, null).ExtractAsync(film, cancellationToken: None)).Visual!;
        FeatureSequence found = (await new FeatureExtractor(small, null).ExtractAsync(film, cancellationToken: None)).Visual!;

        small.Identity.ShouldBe(exact.Identity with { Precision = "int8" });
        double[] cosines = [.. Enumerable.Range(0, expected.Steps).Select(step => CosineSimilarity.Of(found.Row(step), expected.Row(step)))];
        cosines.Min().ShouldBeGreaterThan(0.99);
        cosines.Max().ShouldBeLessThan(1, "int8 was not used");
    }

    [Theory]
    [InlineData("inception-v3")]
    [InlineData("se-resnet50-l2")]
    public void Int8IsRefusedByNetworksThatLackItBeforeAnythingIsLoaded(string name)
    {
        string message = Should.Throw<PrecisionException>(() =>
            EncoderCatalog.CreateDefault().CreateVisual(name, new EncoderOptions { WeightsFile = "no such file", Precision = Precision.Int8 })).Message;
        message.ShouldStartWith(name.Replace("-l2", "", StringComparison.Ordinal));
        message.ShouldContain("available for swin-l");
    }

    [Fact]
    public void SoundBesideAPictureInInt8StaysInFloatingPoint()
    {
        EncoderOptions options = new() { Precision = Precision.Int8, WeightsFile = "no such file" };
        options.ForSound.ShouldBe(options with { Precision = null });
        Exact("a file").ForSound.ShouldBe(Exact("a file"));
        Should.Throw<PrecisionException>(() => EncoderCatalog.CreateDefault().CreateAudio("vggish", options)).Message.ShouldStartWith(
            "vggish runs in float32 or bfloat16");
    }

    [Fact]
    public async Task InstalledWeightsAreFoundByName()
    {
        string home = _files.Folder.File("home");
        await new WeightStore(home).ImportAsync(_files.Pth, "swin-t", cancellationToken: None);
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual("swin-t", new EncoderOptions { CacheFolder = home });
        encoder.FeatureWidth.ShouldBe(768);
    }

    [Fact]
    public void WithoutWeightsTheMessageSaysHowToGetThem() =>
        Should.Throw<WeightsNotInstalledException>(
            () => EncoderCatalog.CreateDefault().CreateVisual("swin-s", new EncoderOptions { CacheFolder = _files.Folder.File("empty") }))
            .Message.ShouldContain("swin-s");

    [Fact]
    public void WeightsOfAnotherNetworkAreRefused()
    {
        WeightsMismatchException error = Should.Throw<WeightsMismatchException>(() => EncoderCatalog.CreateDefault().CreateVisual("swin-s", Exact(_files.Pth)));
        error.Message.ShouldContain("swin-s");
        error.Message.ShouldContain(_files.Pth);
        error.Missing.ShouldContain(parameter => parameter.Name == "layers.2.blocks.6.norm1.weight");
    }

    [Fact]
    public void EveryBackboneIsInTheCatalogAndGivesWhatItsRecordSays()
    {
        string[] asked =
        [
            "swin-t", "swin-s", "swin-b", "swin-l", "swin-b-384", "swin-l-384", "inception-v3",
            "se-resnet50", "se-resnet101", "se-resnet152", "se-resnext50", "se-resnext101",
        ];
        WeightRegistry.Backbones.Select(backbone => backbone.Name).ShouldBe(asked, ignoreOrder: true);
        asked.ShouldAllBe(name => EncoderCatalog.CreateDefault().Visual.Contains(name));
        EncoderCatalog.CreateDefault().Visual.Contains("se-resnet50-l2").ShouldBeTrue();
        EncoderCatalog.CreateDefault().Visual.Contains("swin-l-l2").ShouldBeFalse();
    }

    [Fact]
    public void NormalisedFeaturesHaveLengthOne()
    {
        string file = _files.Folder.File("se.safetensors");
        GoldenWeightFile.WriteSafeTensors(
            file,
            GoldenStateDict.For(
                weights => WeightRegistry.Backbones.Single(known => known.Name == "se-resnet50").Load(weights, "golden weights", NetworkPlacement.Exact)));
        float[] plain = Encode("se-resnet50", file);
        float[] normalised = Encode("se-resnet50-l2", file);

        double length = Math.Sqrt(plain.Sum(x => (double)x * x));
        Math.Sqrt(normalised.Sum(x => (double)x * x)).ShouldBe(1, 1e-5);
        NetworkAssert.IsWithin(1e-5, normalised, [.. plain.Select(x => (float)(x / length))]);
    }

    private static float[] Encode(string name, string file)
    {
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual(name, Exact(file));
        using IVisualEncodingSession session = encoder.Start(new Rate(1));
        session.Push(new FrameChunk(0, Frame(0)));
        return session.Complete(1);
    }

    private static byte[] Frame(int index)
    {
        byte[] frame = new byte[224 * 224 * 3];
        new Random(index).NextBytes(frame);
        return frame;
    }

    private static IEnumerable<float> Normalise(byte[] rgb)
    {
        (float Mean, float Deviation)[] channels = [(0.485f, 0.229f), (0.456f, 0.224f), (0.406f, 0.225f)];
        return Enumerable.Range(0, 3).SelectMany(c => Enumerable.Range(0, rgb.Length / 3)
            .Select(i => ((rgb[(3 * i) + c] / 255f) - channels[c].Mean) / channels[c].Deviation));
    }

    private static string Film(string clip)
    {
        string? film = SourceTree.Shared is { } shared ? Path.Combine(shared, "videos", clip) : null;
        Assert.SkipUnless(File.Exists(film), $"The clip {clip} is not beside the repository.");
        return film!;
    }

    /// <summary>Golden weights of swin-t in both formats.</summary>
    public sealed class SwinFiles : IDisposable
    {
        public SwinFiles()
        {
            TorchRuntime.Start();
            Pth = Folder.File("swin.pth");
            SafeTensors = Folder.File("swin.safetensors");
            GoldenWeightFile.WritePth(Pth, Golden);
            GoldenWeightFile.WriteSafeTensors(SafeTensors, Golden);
        }

        public TemporaryFolder Folder { get; } = new();

        public string Pth { get; }

        public string SafeTensors { get; }

        public IStateDict Weights => Golden;

        private GoldenStateDict Golden { get; } =
            GoldenStateDict.For(weights => new SwinTransformer(SwinConfig.Tiny, weights, "swin-t", "golden weights", NetworkPlacement.Exact));

        public void Dispose() => Folder.Dispose();
    }
}
