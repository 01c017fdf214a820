using System.Numerics.Tensors;
using Evoke.Curves;
using Evoke.Encoders.Batches;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;
using Evoke.Tensors;

namespace Evoke.Encoders.Deep;

/// <summary>Runs a network on frames, in batches.</summary>
internal sealed class DeepVisualEncoder : IVisualEncoder
{
    // Enough frames to fill the processor's vector units; more would only take memory.
    private const int FramesPerBatchOnCpu = 8;
    private const int FramesPerBatchOnGpu = 64;

    // The guard of torch's normalize: a feature of zeros stays zeros.
    private const float SmallestLength = 1e-12f;

    private readonly Backbone _backbone;
    private readonly IFeatureNetwork _network;
    private readonly bool _normalise;

    private DeepVisualEncoder(Backbone backbone, IFeatureNetwork network, string weightsSha256, NetworkPlacement placement, bool normalise)
    {
        _backbone = backbone;
        _normalise = normalise;
        _network = network;
        FramesPerBatch = placement.Device.IsCuda ? FramesPerBatchOnGpu : FramesPerBatchOnCpu;
        Identity = new EncoderIdentity(normalise ? backbone.NormalisedName : backbone.Name, weightsSha256, normalise ? "features of length 1" : "")
        {
            Precision = PrecisionNames.NameOf(placement.Precision),
        };
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _backbone.FeatureWidth;

    private int Side => _backbone.Picture.Size;

    /// <summary>Frames per batch.</summary>
    internal int FramesPerBatch { get; }

    /// <summary>Loads a backbone's weights from <see cref="EncoderOptions.WeightsFile"/> or from the cache.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="options">Options.</param>
    /// <param name="normalise">True to scale each feature to length 1: the encoder <see cref="Backbone.NormalisedName"/>.</param>
    /// <exception cref="WeightsNotInstalledException">No file is given and the cache has none; the message says how to get one.</exception>
    /// <exception cref="TensorFileException">The file cannot be read or is not a weight file.</exception>
    /// <exception cref="WeightsMismatchException">The file has the weights of another network.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    /// <exception cref="PrecisionException">int8 was requested, but the network, the processor or the device does not support it.</exception>
    public static DeepVisualEncoder Load(Backbone backbone, EncoderOptions options, bool normalise = false)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(options);
        (IFeatureNetwork network, string sha256) = PretrainedNetwork.Load(backbone.Name, options, backbone.Load, backbone.OffersInt8);
        return new DeepVisualEncoder(backbone, network, sha256, PretrainedNetwork.PlacementOf(options), normalise);
    }

    /// <inheritdoc/>
    public FrameSpec FramesFor(Rate rate) => new() { Width = Side, Height = Side, Rate = rate.Hertz };

    /// <inheritdoc/>
    public IVisualEncodingSession Start(Rate rate) => new FrameBatchSession(
        new PixelTransform(_backbone.Picture.Mean, _backbone.Picture.StandardDeviation),
        3 * Side * Side,
        FramesPerBatch,
        FeatureWidth,
        Encode);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private float[] Encode(ReadOnlySpan<float> pictures)
    {
        float[] features = NetworkRun.Features(_network, pictures, [-1, 3, Side, Side]);
        for (int at = 0; _normalise && at < features.Length; at += FeatureWidth)
        {
            Span<float> feature = features.AsSpan(at, FeatureWidth);
            TensorPrimitives.Divide(feature, Math.Max(TensorPrimitives.Norm<float>(feature), SmallestLength), feature);
        }

        return features;
    }
}
