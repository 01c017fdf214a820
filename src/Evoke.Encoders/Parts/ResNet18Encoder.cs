using Evoke.Curves;
using Evoke.Encoders.Batches;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Parts;

/// <summary><c>resnet18</c>: the ResNet-18 of NuGet's package, with the preprocessing of the network beside it.</summary>
internal sealed class ResNet18Encoder : IVisualEncoder
{
    /// <summary>Side of its pictures in pixels.</summary>
    public const int Side = 224;

    /// <summary>The preprocessing network's file.</summary>
    public const string PreprocessingFile = "ResNetPreprocess.onnx";

    private const int Colours = 3;
    private const int HashDigits = 12;

    private readonly OnnxNetwork _network;
    private readonly float[] _offset;

    private ResNet18Encoder(OnnxNetwork network, float[] offset, string preprocessingSha256)
    {
        _network = network;
        _offset = offset;
        Identity = new EncoderIdentity(WeightRegistry.ResNet18, network.Sha256, $"preprocessing {preprocessingSha256[..HashDigits]}");
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _network.FeatureWidth;

    /// <summary>Loads it from the store, or from <see cref="EncoderOptions.WeightsFile"/> and the preprocessing network beside that.</summary>
    /// <exception cref="WeightsNotInstalledException">No file is given and the store has none; the message says how to get it.</exception>
    /// <exception cref="OnnxModelException">A file cannot be read or is another network.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static ResNet18Encoder Load(EncoderOptions options)
    {
        string path = options.WeightsFile ?? new WeightStore(options.CacheFolder).Get(WeightRegistry.ResNet18).Path;
        string preprocessing = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, PreprocessingFile);
        (float[] offset, string sha256) = OffsetOf(preprocessing, options);
        OnnxNetwork network = Open(path, options);
        try
        {
            return new ResNet18Encoder(network, offset, sha256);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public FrameSpec FramesFor(Rate rate) => new() { Width = Side, Height = Side, Rate = rate.Hertz };

    /// <inheritdoc/>
    public IVisualEncodingSession Start(Rate rate) => new FrameBatchSession(
        Prepare, Colours * Side * Side, _network.BatchSize, FeatureWidth, pictures => _network.Run(pictures));

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>What the preprocessing network makes of a picture: blue, green, red from 0 to 255, less the mean picture.</summary>
    /// <param name="rgb">Interleaved RGB.</param>
    /// <param name="destination">[3, 224, 224].</param>
    internal void Prepare(ReadOnlySpan<byte> rgb, Span<float> destination)
    {
        const int pixels = Side * Side;
        for (int colour = 0; colour < Colours; colour++)
        {
            ReadOnlySpan<float> offset = _offset.AsSpan(colour * pixels, pixels);
            Span<float> plane = destination.Slice(colour * pixels, pixels);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = rgb[(Colours * i) + Colours - 1 - colour] + offset[i];
            }
        }
    }

    // The network subtracts one number from each: of black pictures it gives the numbers to add, exactly.
    private static (float[] Offset, string Sha256) OffsetOf(string path, EncoderOptions options)
    {
        using OnnxNetwork preprocessing = Open(path, options with { Device = default });
        return (preprocessing.Run(new float[Colours * Side * Side]), preprocessing.Sha256);
    }

    private static OnnxNetwork Open(string path, EncoderOptions options)
    {
        OnnxMistakes mistakes = new(path);
        OnnxNetwork network = OnnxNetwork.Load(path, new OnnxDescription(), null, options with { Precision = null }, mistakes);
        try
        {
            mistakes.ThrowIfAny();
            int[] expected = [1, Colours, Side, Side];
            if (!network.InputShape.AsSpan().SequenceEqual(expected))
            {
                throw new OnnxModelException(path, $"{network.InputText}; expected {OnnxTensors.Describe(expected)}.");
            }

            network.Accept(expected[1..]);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
