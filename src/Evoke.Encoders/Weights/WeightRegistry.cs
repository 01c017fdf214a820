using System.Collections.Immutable;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>The published weights that Evoke knows, one record each, in the order in which they are listed; those of presets come last.</summary>
/// <remarks>
/// Addresses are those of the authors: Swin's MODELHUB.md, torchvggish's hubconf.py, torchvision's inception.py, and senet.py of Cadene's
/// pretrained-models.pytorch. Hexadecimal digits in a file's name are the first of its SHA-256, by PyTorch's convention. Swin's authors publish no hashes.
/// Thread-safe: without state.
/// </remarks>
public static class WeightRegistry
{
    private const string SwinAddress = "https://github.com/SwinTransformer/storage/releases/download/v1.0.0/";
    private const string VggishAddress = "https://github.com/harritaylor/torchvggish/releases/download/v0.1/";
    private const string TorchvisionAddress = "https://download.pytorch.org/models/";
    private const string CadeneAddress = "http://data.lip6.fr/cadene/pretrainedmodels/";

    // timm keeps Cadene's files, under their names and therefore their hashes, where HTTPS answers.
    private const string CadeneMirror = "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-cadene/";

    private const string ImageNet1K = "ImageNet-1K (1,281,167 images, 1,000 classes)";
    private const string ImageNet22K = "ImageNet-22K (14 million images, 21,841 classes)";
    private const int Megabyte = 1_000_000;

    /// <summary>All of them.</summary>
    public static ImmutableArray<PretrainedWeights> All { get; } =
    [
        Swin("swin-l", "Swin-L, ImageNet-22K, the paper's", SwinConfig.Large, "swin_large_patch4_window7_224_22k.pth", 916, ImageNet22K),
        Swin("swin-b", "Swin-B, ImageNet-22K", SwinConfig.Base, "swin_base_patch4_window7_224_22k.pth", 438, ImageNet22K),
        Swin("swin-s", "Swin-S, ImageNet-1K", SwinConfig.Small, "swin_small_patch4_window7_224.pth", 200, ImageNet1K),
        Swin("swin-t", "Swin-T, ImageNet-1K", SwinConfig.Tiny, "swin_tiny_patch4_window7_224.pth", 114, ImageNet1K),
        Swin("swin-l-384", "Swin-L at 384 pixels, ImageNet-22K", SwinConfig.Large.At384, "swin_large_patch4_window12_384_22k.pth", 930, ImageNet22K),
        Swin("swin-b-384", "Swin-B at 384 pixels, ImageNet-22K", SwinConfig.Base.At384, "swin_base_patch4_window12_384_22k.pth", 450, ImageNet22K),
        Inception(),
        SeResNet("se-resnet50", "SE-ResNet-50, ImageNet-1K", SeResNetConfig.ResNet50, "se_resnet50-ce0d4300.pth", 113),
        SeResNet("se-resnet101", "SE-ResNet-101, ImageNet-1K", SeResNetConfig.ResNet101, "se_resnet101-7e38fcc6.pth", 198),
        SeResNet("se-resnet152", "SE-ResNet-152, ImageNet-1K", SeResNetConfig.ResNet152, "se_resnet152-d17c99b7.pth", 268),
        SeResNet("se-resnext50", "SE-ResNeXt-50 32x4d, ImageNet-1K", SeResNetConfig.ResNeXt50, "se_resnext50_32x4d-a260b3a4.pth", 111),
        SeResNet("se-resnext101", "SE-ResNeXt-101 32x4d, ImageNet-1K", SeResNetConfig.ResNeXt101, "se_resnext101_32x4d-3b2fe3d8.pth", 197),
        Vggish("vggish", "vggish-10086976.pth", 289 * Megabyte, VggishNetwork.EmbeddingWidth, ThrowIfNotVggish),
        Vggish("vggish-pca", "vggish_pca_params-970ea276.pth", 74_000, 0, ThrowIfNotPca),
        .. OnnxPresets.All,
    ];

    /// <summary>Those of the image networks.</summary>
    public static IEnumerable<Backbone> Backbones => All.OfType<Backbone>();

    /// <summary>The weights of that name, or null.</summary>
    public static PretrainedWeights? Find(string name) => All.FirstOrDefault(weights => weights.Name == name);

    /// <summary>The weights of that name.</summary>
    /// <exception cref="UnknownWeightsException">The name is unknown; the message lists the known ones.</exception>
    public static PretrainedWeights Get(string name) => Find(name) ?? throw new UnknownWeightsException(name, All.Select(weights => weights.Name));

    private static Backbone Swin(string name, string title, SwinConfig config, string file, int megabytes, string trainedOn) => new()
    {
        Name = name,
        Title = title,
        Address = new Uri(SwinAddress + file),
        ApproximateBytes = (long)megabytes * Megabyte,
        Licence = "MIT",
        TrainedOn = trainedOn,
        Citation = "Z. Liu et al., Swin Transformer: Hierarchical Vision Transformer using Shifted Windows, ICCV 2021, arXiv:2103.14030",
        Format = TensorFileFormat.TorchZip,
        Picture = PictureInput.ImageNet(config.ImageSide),
        FeatureWidth = config.FeatureWidth,
        OffersInt8 = true,
        Load = (weights, source, placement) => new SwinTransformer(config, weights, name, source, placement),
    };

    // torchvision's network takes pictures normalised as ImageNet's are and turns them into (x - 0.5) / 0.5 itself; here that is done in preprocessing.
    private static Backbone Inception() => new()
    {
        Name = "inception-v3",
        Title = "Inception v3, ImageNet-1K",
        Address = new Uri(TorchvisionAddress + "inception_v3_google-0cc3c7bd.pth"),
        Bytes = 108_949_747,
        ApproximateBytes = 108_949_747,
        Sha256 = "0cc3c7bd75056d25e46cba549dc184522069b81e9787eff6df84f397bd52a5ef",
        Licence = "BSD-3-Clause",
        TrainedOn = ImageNet1K,
        Citation = "C. Szegedy et al., Rethinking the Inception Architecture for Computer Vision, CVPR 2016, arXiv:1512.00567",
        Format = TensorFileFormat.TorchZip,
        Picture = PictureInput.Symmetric(299),
        FeatureWidth = 2048,
        Load = (weights, source, placement) => new InceptionV3(weights, source, placement),
    };

    // The paper's authors scale these features to length 1.
    private static Backbone SeResNet(string name, string title, SeResNetConfig config, string file, int megabytes) => new()
    {
        Name = name,
        Title = title,
        Address = new Uri(CadeneAddress + file),
        Mirrors = [new Uri(CadeneMirror + file)],
        ApproximateBytes = (long)megabytes * Megabyte,
        Sha256 = HashInName(file),
        Licence = "BSD-3-Clause",
        TrainedOn = ImageNet1K,
        Citation = "J. Hu, L. Shen, G. Sun, Squeeze-and-Excitation Networks, CVPR 2018, arXiv:1709.01507",
        Format = TensorFileFormat.TorchLegacy,
        Picture = PictureInput.ImageNet(224),
        FeatureWidth = 2048,
        HasNormalisedForm = true,
        Load = (weights, source, placement) => new SeResNetwork(config, weights, name, source, placement),
    };

    private static SoundWeights Vggish(string name, string file, long bytes, int width, Action<TensorFile, string> check) => new()
    {
        Name = name,
        Address = new Uri(VggishAddress + file),
        ApproximateBytes = bytes,
        Sha256 = HashInName(file),
        Licence = "Apache-2.0",
        TrainedOn = "a preliminary version of YouTube-8M (sound tracks)",
        Citation = "S. Hershey et al., CNN Architectures for Large-Scale Audio Classification, ICASSP 2017, arXiv:1609.09430",
        Format = TensorFileFormat.TorchLegacy,
        FeatureWidth = width,
        Check = check,
    };

    private static void ThrowIfNotVggish(TensorFile file, string sourceName) =>
        new VggishNetwork(new TensorFileStateDict(file), sourceName, NetworkPlacement.Exact).Dispose();

    private static void ThrowIfNotPca(TensorFile file, string sourceName) => VggishPostprocessor.Read(new TensorFileStateDict(file), sourceName);

    /// <summary>"name-3b2fe3d8.pth": the digits between the last dash and the dot.</summary>
    private static string HashInName(string file) => file[(file.LastIndexOf('-') + 1)..file.LastIndexOf('.')];
}
