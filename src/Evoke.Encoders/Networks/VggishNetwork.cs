using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

// Shapes: B patches, C channels, H frames, W bands.
namespace Evoke.Encoders.Networks;

/// <summary>
/// VGGish (Hershey et al., "CNN Architectures for Large-Scale Audio Classification", ICASSP 2017): a log-mel patch of 96 frames x 64 bands
/// to 128 numbers, those after the last ReLU. Parameters have the names of harritaylor/torchvggish.
/// </summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class VggishNetwork : IFeatureNetwork
{
    /// <summary>Frames of a patch: 0.96 s.</summary>
    public const int PatchFrames = 96;

    /// <summary>Mel bands of a patch.</summary>
    public const int PatchBands = 64;

    /// <summary>Length of an embedding.</summary>
    public const int EmbeddingWidth = 128;

    // Index in torchvggish's "features", channels in and out, and whether a 2x2 maximum follows.
    private static readonly (int Index, int Inputs, int Outputs, bool Pool)[] Layout =
        [(0, 1, 64, true), (3, 64, 128, true), (6, 128, 256, false), (8, 256, 256, true), (11, 256, 512, false), (13, 512, 512, true)];

    private const int ConvolvedNumbers = PatchFrames / 16 * (PatchBands / 16) * 512;
    private const int HiddenWidth = 4096;

    // Few patches at a time keep the first layers' output within the processor's cache.
    private const int PatchesPerPiece = 8;

    private readonly List<ConvolutionLayer> _features = [];
    private readonly List<LinearLayer> _embeddings = [];
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="weights">Parameters with torchvggish's names, see <see cref="InnerStateDict"/>.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    /// <exception cref="RepeatedWeightsException">The weights of the network are there more than once.</exception>
    public VggishNetwork(IStateDict weights, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ParameterReader parameters = new(InnerStateDict.Find(weights, "embeddings.0.weight", "vggish", sourceName), "vggish", sourceName);
        foreach ((int index, int inputs, int outputs, _) in Layout)
        {
            _features.Add(
                ConvolutionLayer.Read(parameters["features"][index], inputs, outputs, ConvolutionShape.Same(3, 3), placement, Activation.Relu));
        }

        ParameterReader embeddings = parameters["embeddings"];
        _embeddings.Add(LinearLayer.Read(embeddings[0], ConvolvedNumbers, HiddenWidth, placement, Activation.Relu));
        _embeddings.Add(LinearLayer.Read(embeddings[2], HiddenWidth, HiddenWidth, placement, Activation.Relu));
        _embeddings.Add(LinearLayer.Read(embeddings[4], HiddenWidth, EmbeddingWidth, placement, Activation.Relu));
        parameters.CompleteOrDispose(this, IsPostprocessor);
    }

    /// <inheritdoc/>
    public int FeatureWidth => EmbeddingWidth;

    /// <summary>[B, 1, 96, 64] to [B, 128].</summary>
    public Tensor Forward(Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor[] pieces = [.. batch.to(_placement.ActivationType, _placement.ResolveDevice()).split(PatchesPerPiece).Select(Convolve)];
        Tensor hidden = cat(pieces);                                                              // [B, 12288]
        foreach (LinearLayer layer in _embeddings)
        {
            hidden = layer.Forward(hidden);                                                       // [B, 4096], [B, 4096], [B, 128]
        }

        return hidden.to(ScalarType.Float32);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.ForEach(layer => layer.Dispose());
        _embeddings.ForEach(layer => layer.Dispose());
    }

    // [b, 1, 96, 64] to [b, 6 * 4 * 512], channels fastest as in the TensorFlow original.
    private Tensor Convolve(Tensor patches)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor maps = ChannelsLast.Of(patches);                                                   // [b, 1, 96, 64]
        for (int i = 0; i < Layout.Length; i++)
        {
            maps = _features[i].Forward(maps);
            maps = Layout[i].Pool ? nn.functional.max_pool2d(maps, 2) : maps;
        }

        return maps.permute(0, 2, 3, 1).reshape(patches.shape[0], ConvolvedNumbers).MoveToOuterDisposeScope(); // [b, 12288]
    }

    // torchvggish keeps the PCA of its post-processing in a separate file, but saves both with the whole model.
    private static bool IsPostprocessor(string name) => name.StartsWith("pproc.", StringComparison.Ordinal);
}

/// <summary>AudioSet's post-processing of VGGish embeddings: PCA with whitening, then 8 bits (tensorflow/models, vggish_postprocess.py).</summary>
/// <remarks>The result is whole numbers from 0 to 255, as released with AudioSet.</remarks>
internal sealed class VggishPostprocessor
{
    /// <summary>Length of an embedding.</summary>
    public const int Width = 128;

    private const float QuantizeMin = -2;
    private const float QuantizeMax = 2;

    private readonly float[] _eigenVectors;
    private readonly float[] _means;

    /// <summary>Reads the PCA.</summary>
    /// <param name="weights">Parameters with torchvggish's names.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    public static VggishPostprocessor Read(IStateDict weights, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ParameterShape vectors = new("pca_eigen_vectors", [Width, Width]), means = new("pca_means", [Width]);
        List<ParameterShape> missing = [.. new[] { vectors, means }.Where(parameter => !weights.Contains(parameter.Name))];
        List<string> misshapen =
        [
            .. new[] { vectors, means }
                .Where(parameter => weights.Contains(parameter.Name) && Count(weights.ShapeOf(parameter.Name)) != Count(parameter.Shape))
                .Select(parameter => $"{parameter}, found [{string.Join(", ", weights.ShapeOf(parameter.Name))}]"),
        ];
        return missing.Count + misshapen.Count > 0
            ? throw new WeightsMismatchException("vggish-pca", sourceName, missing, [], misshapen)
            : new VggishPostprocessor(Values(weights, vectors), Values(weights, means));
    }

    /// <summary>Takes the PCA.</summary>
    /// <param name="eigenVectors">Row-major [128, 128]: <c>pca_eigen_vectors</c>.</param>
    /// <param name="means">[128]: <c>pca_means</c>.</param>
    /// <exception cref="ArgumentException">A size is another.</exception>
    public VggishPostprocessor(float[] eigenVectors, float[] means)
    {
        ArgumentNullException.ThrowIfNull(eigenVectors);
        ArgumentNullException.ThrowIfNull(means);
        if (eigenVectors.Length != Width * Width || means.Length != Width)
        {
            throw new ArgumentException($"VGGish's PCA has {Width} x {Width} and {Width} numbers; found {eigenVectors.Length} and {means.Length}.");
        }

        _eigenVectors = eigenVectors;
        _means = means;
    }

    // The means are published as [128, 1].
    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (count, extent) => count * extent);

    private static float[] Values(IStateDict weights, ParameterShape parameter)
    {
        float[] values = new float[Count(parameter.Shape)];
        weights.Read(parameter.Name, values);
        return values;
    }

    /// <summary>Post-processes one embedding in place.</summary>
    /// <param name="embedding">[128].</param>
    public void Apply(Span<float> embedding)
    {
        Span<float> centred = stackalloc float[Width];
        TensorPrimitives.Subtract(embedding, _means, centred);
        for (int i = 0; i < Width; i++)
        {
            float component = TensorPrimitives.Dot(_eigenVectors.AsSpan(i * Width, Width), centred);
            float clipped = Math.Clamp(component, QuantizeMin, QuantizeMax);

            // Half to even, as torch and numpy round.
            embedding[i] = MathF.Round((clipped - QuantizeMin) * (255f / (QuantizeMax - QuantizeMin)));
        }
    }
}
