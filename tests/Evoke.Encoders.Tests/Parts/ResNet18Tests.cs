using System.Globalization;
using System.Numerics.Tensors;
using CliWrap;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Parts;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Evoke.Encoders.Tests.Parts;

/// <summary>The ResNet-18 of NuGet's package, the real one.</summary>
public sealed class ResNet18Tests(ResNet18InStore store) : IClassFixture<ResNet18InStore>
{
    private const int Numbers = 3 * ResNet18Encoder.Side * ResNet18Encoder.Side;

    [Fact]
    public void ThePackageGivesBothFilesAndNothingElse()
    {
        store.Installed.IsOfficial.ShouldBe(true);
        Directory.GetFiles(Path.GetDirectoryName(store.Installed.Path)!).Select(Path.GetFileName)
            .ShouldBe(["ResNet18.onnx", ResNet18Encoder.PreprocessingFile], ignoreOrder: true);
        store.Installed.Bytes.ShouldBe(63_653_533 + 602_584);
        new WeightStore(store.Home).Find("resnet18").ShouldBe(store.Installed);
    }

    [Fact]
    public void PicturesArePreparedExactlyAsTheNetworkBesideItDoes()
    {
        using ResNet18Encoder encoder = ResNet18Encoder.Load(store.Options);
        byte[] rgb = new byte[Numbers];
        new Random(5).NextBytes(rgb);
        float[] planes = new float[Numbers], found = new float[Numbers];
        for (int i = 0; i < rgb.Length; i++)
        {
            planes[(i % 3 * Numbers / 3) + (i / 3)] = rgb[i];
        }

        encoder.Prepare(rgb, found);

        string preprocessing = Path.Combine(Path.GetDirectoryName(store.Installed.Path)!, ResNet18Encoder.PreprocessingFile);
        found.ShouldBe(Run(preprocessing, "OriginalInput", planes, "PreprocessedInput"));
    }

    [Fact]
    public void FeaturesAreThoseOfBothNetworksInARow()
    {
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual("resnet18", store.Options);
        byte[] rgb = new byte[Numbers];
        new Random(6).NextBytes(rgb);
        using IVisualEncodingSession session = encoder.Start(new(1));
        session.Push(new(0, rgb));
        session.Push(new(1, new byte[Numbers]));
        float[] features = session.Complete(2);

        float[] prepared = new float[Numbers];
        ((ResNet18Encoder)encoder).Prepare(rgb, prepared);
        features.Length.ShouldBe(2 * 512);
        features[..512].ShouldBe(Run(store.Installed.Path, "Input247", prepared, "Pooling395_Output_0"));
        features[512..].ShouldNotBe(features[..512]);
        encoder.Identity.ShouldBe(new EncoderIdentity("resnet18", store.Installed.Sha256, "preprocessing 84bf8def78d0"));
    }

    [Fact]
    public async Task PicturesOfOneShotAreNearerToEachOtherThanToOtherFilms()
    {
        (string Film, double From)[] shots =
        [
            ("bbb_480p_30s.mp4", 12.2), ("bbb_480p_30s.mp4", 16.2), ("sintel_trailer_52s.ogv", 6.2), ("sintel_trailer_52s.ogv", 36.5),
            ("tears_of_steel_battle_70s.webm", 15), ("tears_of_steel_battle_70s.webm", 41.5),
        ];
        using IVisualEncoder encoder = ResNet18Encoder.Load(store.Options);
        List<(string Film, float[][] Rows)> found = [];
        foreach ((string film, double from) in shots)
        {
            found.Add((film, await RowsAsync(encoder, film, from)));
        }

        foreach ((string film, float[][] rows) in found)
        {
            float[][] others = [.. found.Where(other => other.Film != film).SelectMany(other => other.Rows)];
            float farthest = rows.SelectMany(a => rows.Select(b => TensorPrimitives.CosineSimilarity<float>(a, b))).Min();
            float nearest = rows.SelectMany(a => others.Select(b => TensorPrimitives.CosineSimilarity<float>(a, b))).Max();
            farthest.ShouldBeGreaterThan(nearest, film);
        }
    }

    [Fact]
    public void APrecisionOfTheOtherEncoderIsNoMistake() =>
        EncoderCatalog.CreateDefault().CreateVisual("resnet18", store.Options with { Precision = Precision.BFloat16 }).Dispose();

    [Fact]
    public void WithoutItsFilesTheErrorSaysHowToGetThem()
    {
        using TemporaryFolder empty = new();
        string message = Should.Throw<WeightsNotInstalledException>(
            () => EncoderCatalog.CreateDefault().CreateVisual("resnet18", new EncoderOptions { CacheFolder = empty.File("home") })).Message;
        message.ShouldStartWith("The weights of resnet18 (about 60 MB, MIT) are not on this machine.");
        message.ShouldContain("'evoke models pull resnet18' takes them out of NuGet's Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1;");
    }

    [Fact]
    public void AnotherNetworkInItsPlaceIsRefused()
    {
        using TemporaryFolder folder = new();
        string path = OnnxModel.Mean(OnnxElement.Singles, "N", 3, 8, 8).Save(folder.File("ResNet18.onnx"));
        File.Copy(path, folder.File(ResNet18Encoder.PreprocessingFile));
        Should.Throw<OnnxModelException>(() => ResNet18Encoder.Load(store.Options with { WeightsFile = path })).Message
            .ShouldContain("the input 'x' is float32 [any, 3, 8, 8]; expected [1, 3, 224, 224]");
    }

    private static float[] Run(string path, string input, float[] values, string output)
    {
        OnnxRuntimeLibrary.Start();
        using InferenceSession session = new(path);
        using RunOptions run = new();
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(values, [1, 3, ResNet18Encoder.Side, ResNet18Encoder.Side]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [input], [value], [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // Three pictures of a clip, a second apart.
    private static async Task<float[][]> RowsAsync(IVisualEncoder encoder, string film, double from)
    {
        const int pictures = 3;
        string? path = SourceTree.Clip(film);
        Assert.SkipWhen(path is null, $"{film} is not beside the repository.");
        using MemoryStream rgb = new();
        await Cli.Wrap("ffmpeg").WithArguments(
            [
                "-v", "error", "-ss", $"{from.ToString(CultureInfo.InvariantCulture)}", "-i", path!, "-vf", "fps=1,scale=224:224", "-frames:v", $"{pictures}",
                "-f", "rawvideo", "-pix_fmt", "rgb24", "-",
            ])
            .WithStandardOutputPipe(PipeTarget.ToStream(rgb)).ExecuteAsync(TestContext.Current.CancellationToken);
        rgb.Length.ShouldBe(pictures * Numbers);
        using IVisualEncodingSession session = encoder.Start(new(1));
        for (int i = 0; i < pictures; i++)
        {
            session.Push(new(i, rgb.ToArray().AsMemory(i * Numbers, Numbers)));
        }

        return [.. session.Complete(pictures).Chunk(encoder.FeatureWidth)];
    }
}
