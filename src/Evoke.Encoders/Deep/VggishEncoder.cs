using Evoke.Curves;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Signal;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Tensors;
using Evoke.Tensors.AnyFormat;

namespace Evoke.Encoders.Deep;

/// <summary>VGGish: log-mel patches of 0.96 s to 128 numbers.</summary>
internal sealed class VggishEncoder : IAudioEncoder
{
    /// <summary>The registry's name of the network's weights.</summary>
    public const string WeightsName = "vggish";

    /// <summary>The registry's name of the post-processing's PCA.</summary>
    public const string PcaWeightsName = "vggish-pca";

    // The last layers' weights are 200 MB: they are read once for so many patches.
    private const int PatchesPerBatch = 64;

    private static readonly LogMelOptions FrontEnd = new();

    private readonly IFeatureNetwork _network;
    private readonly VggishPostprocessor? _postprocessor;
    private readonly VggishOptions _vggish;

    private VggishEncoder(
        VggishOptions vggish, IFeatureNetwork network, VggishPostprocessor? postprocessor, string weightsSha256, string settings, Precision precision)
    {
        _vggish = vggish;
        _network = network;
        _postprocessor = postprocessor;
        Identity = new EncoderIdentity(vggish.EncoderName, weightsSha256, settings) { Precision = PrecisionNames.NameOf(precision) };
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _network.FeatureWidth;

    /// <inheritdoc/>
    public int SampleRate => FrontEnd.SampleRate;

    /// <summary>Loads VGGish's weights from <see cref="EncoderOptions.WeightsFile"/> or from the cache; the PCA comes from the cache.</summary>
    /// <exception cref="WeightsNotInstalledException">A file is missing; the message says how to get it.</exception>
    /// <exception cref="TensorFileException">A file cannot be read or is not a weight file.</exception>
    /// <exception cref="WeightsMismatchException">A file has the weights of another network.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    /// <exception cref="PrecisionException">int8 was requested: see <see cref="EncoderOptions.ForSound"/>.</exception>
    public static VggishEncoder Load(VggishOptions vggish, EncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(vggish);
        ArgumentNullException.ThrowIfNull(options);
        (VggishPostprocessor? postprocessor, string settings) = vggish.Postprocess ? LoadPostprocessor(options) : (null, "");
        (IFeatureNetwork network, string sha256) = PretrainedNetwork.Load(
            WeightsName, options, (weights, source, placement) => new VggishNetwork(weights, source, placement));
        return new VggishEncoder(vggish, network, postprocessor, sha256, settings, PretrainedNetwork.PlacementOf(options).Precision);
    }

    /// <inheritdoc/>
    public IAudioEncodingSession Start(Rate rate) =>
        new PatchSession(new PatchClock(rate, FrontEnd.SampleRate, _vggish.Hop), new LogMelSpectrogram(FrontEnd), Encode, FeatureWidth, PatchesPerBatch);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private float[] Encode(Memory<float> patches)
    {
        float[] embeddings = NetworkRun.Features(_network, patches.Span, [-1, 1, VggishNetwork.PatchFrames, VggishNetwork.PatchBands]);
        if (_postprocessor is { } postprocessor)
        {
            for (int at = 0; at < embeddings.Length; at += VggishPostprocessor.Width)
            {
                postprocessor.Apply(embeddings.AsSpan(at, VggishPostprocessor.Width));
            }
        }

        return embeddings;
    }

    private static (VggishPostprocessor Postprocessor, string Settings) LoadPostprocessor(EncoderOptions options)
    {
        InstalledWeights installed = new WeightStore(options.CacheFolder).Get(PcaWeightsName);
        using TensorFile file = WeightFile.Open(installed.Path);
        VggishPostprocessor postprocessor = VggishPostprocessor.Read(new TensorFileStateDict(file), installed.Path);
        return (postprocessor, $"pca {installed.Sha256[..8]}");
    }
}
