using System.Collections.Immutable;
using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>The published weights that Evoke knows, in the order in which people should read them.</summary>
/// <remarks>
/// Addresses are those of the authors: Swin's MODELHUB.md, torchvggish's hubconf.py, torchvision's inception.py, and senet.py of Cadene's
/// pretrained-models.pytorch. Hexadecimal digits in a file's name are the first of its SHA-256, by PyTorch's convention. Swin's authors publish no hashes.
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

    private static ImmutableArray<float> ImageNetMean { get; } = [0.485f, 0.456f, 0.406f];

    private static ImmutableArray<float> ImageNetDeviation { get; } = [0.229f, 0.224f, 0.225f];

    /// <summary>All of them.</summary>
    public static ImmutableArray<PretrainedWeights> All { get; } =
    [
        Swin("swin-t", "swin_tiny_patch4_window7_224.pth", 114, 224, 768, ImageNet1K),
        Swin("swin-s", "swin_small_patch4_window7_224.pth", 200, 224, 768, ImageNet1K),
        Swin("swin-b", "swin_base_patch4_window7_224_22k.pth", 438, 224, 1024, ImageNet22K),
        Swin("swin-l", "swin_large_patch4_window7_224_22k.pth", 916, 224, 1536, ImageNet22K),
        Swin("swin-b-384", "swin_base_patch4_window12_384_22k.pth", 450, 384, 1024, ImageNet22K),
        Swin("swin-l-384", "swin_large_patch4_window12_384_22k.pth", 930, 384, 1536, ImageNet22K),
        Inception(),
        SqueezeExcitation("se-resnet50", "se_resnet50-ce0d4300.pth", 113),
        SqueezeExcitation("se-resnet101", "se_resnet101-7e38fcc6.pth", 198),
        SqueezeExcitation("se-resnet152", "se_resnet152-d17c99b7.pth", 268),
        SqueezeExcitation("se-resnext50", "se_resnext50_32x4d-a260b3a4.pth", 111),
        SqueezeExcitation("se-resnext101", "se_resnext101_32x4d-3b2fe3d8.pth", 197),
        Vggish("vggish", "vggish-10086976.pth", 289 * Megabyte, 128),
        Vggish("vggish-pca", "vggish_pca_params-970ea276.pth", 74_000, 0),
    ];

    /// <summary>The weights of that name, or null.</summary>
    public static PretrainedWeights? Find(string name) => All.FirstOrDefault(weights => weights.Name == name);

    /// <summary>The weights of that name.</summary>
    /// <exception cref="UnknownWeightsException">There are none; the message lists those that there are.</exception>
    public static PretrainedWeights Get(string name) => Find(name) ?? throw new UnknownWeightsException(name, All.Select(weights => weights.Name));

    private static PretrainedWeights Swin(string name, string file, int megabytes, int size, int width, string trainedOn) => new()
    {
        Name = name,
        Address = new Uri(SwinAddress + file),
        ApproximateBytes = (long)megabytes * Megabyte,
        Licence = "MIT",
        TrainedOn = trainedOn,
        Citation = "Z. Liu et al., Swin Transformer: Hierarchical Vision Transformer using Shifted Windows, ICCV 2021, arXiv:2103.14030",
        Format = TensorFileFormat.TorchZip,
        FeatureWidth = width,
        Picture = new PictureInput(size, ImageNetMean, ImageNetDeviation),
    };

    /// <summary>torchvision's network takes pictures normalised as ImageNet's are and turns them into (x - 0.5) / 0.5 itself; here they come so at once.</summary>
    private static PretrainedWeights Inception() => new()
    {
        Name = "inception-v3",
        Address = new Uri(TorchvisionAddress + "inception_v3_google-0cc3c7bd.pth"),
        Bytes = 108_949_747,
        ApproximateBytes = 108_949_747,
        Sha256 = "0cc3c7bd75056d25e46cba549dc184522069b81e9787eff6df84f397bd52a5ef",
        Licence = "BSD-3-Clause",
        TrainedOn = ImageNet1K,
        Citation = "C. Szegedy et al., Rethinking the Inception Architecture for Computer Vision, CVPR 2016, arXiv:1512.00567",
        Format = TensorFileFormat.TorchZip,
        FeatureWidth = 2048,
        Picture = new PictureInput(299, [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]),
    };

    private static PretrainedWeights SqueezeExcitation(string name, string file, int megabytes) => new()
    {
        Name = name,
        Address = new Uri(CadeneAddress + file),
        Mirrors = [new Uri(CadeneMirror + file)],
        ApproximateBytes = (long)megabytes * Megabyte,
        Sha256 = HashInName(file),
        Licence = "BSD-3-Clause",
        TrainedOn = ImageNet1K,
        Citation = "J. Hu, L. Shen, G. Sun, Squeeze-and-Excitation Networks, CVPR 2018, arXiv:1709.01507",
        Format = TensorFileFormat.TorchLegacy,
        FeatureWidth = 2048,
        Picture = new PictureInput(224, ImageNetMean, ImageNetDeviation),
    };

    private static PretrainedWeights Vggish(string name, string file, long bytes, int width) => new()
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
    };

    /// <summary>"name-3b2fe3d8.pth": the digits between the last dash and the dot.</summary>
    private static string HashInName(string file) => file[(file.LastIndexOf('-') + 1)..file.LastIndexOf('.')];
}
