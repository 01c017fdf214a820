using Evoke.Curves;
using Evoke.Encoders.Batches;
using Evoke.Features;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Onnx;

/// <summary>Any network of pictures or of clips, from an ONNX file: <c>onnx:FILE[#OUTPUT]</c>.</summary>
internal sealed class OnnxVisualEncoder : IVisualEncoder
{
    private readonly OnnxNetwork _network;
    private readonly OnnxPictureInput _input;
    private readonly PixelTransform _transform;

    private OnnxVisualEncoder(OnnxNetwork network, OnnxPictureInput input, string name)
    {
        _network = network;
        _input = input;
        PictureLayout layout = input.Axes == OnnxPictureInput.ColoursLast ? PictureLayout.ChannelsLast : PictureLayout.ChannelsFirst;
        _transform = new PixelTransform(input.Mean, input.Deviation, layout);
        Identity = new EncoderIdentity(name, network.Sha256, OnnxSettings.Write(network.Named(input.Resolved)));
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _network.FeatureWidth;

    /// <summary>What goes into the network.</summary>
    public OnnxPictureInput Input => _input;

    /// <summary>The network itself.</summary>
    public OnnxNetwork Network => _network;

    private bool TakesClips => _input.Resolved.Kind == OnnxKind.Clips;

    /// <summary>Loads a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="description">What the file does not say; null for FILE.onnx.json.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="output">Name of the output; null for that of <paramref name="description"/>.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    /// <exception cref="PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static OnnxVisualEncoder Load(string path, OnnxDescription? description, EncoderOptions options, string? output = null) =>
        Load(new OnnxReference(path, output, OnnxReference.NameOf(path)), description, options);

    /// <summary>Loads a network.</summary>
    /// <param name="reference">Which network.</param>
    /// <param name="description">What the file does not say; null for FILE.onnx.json.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    public static OnnxVisualEncoder Load(OnnxReference reference, OnnxDescription? description, EncoderOptions options) =>
        OnnxLoading.Load<OnnxPictureInput, OnnxVisualEncoder>(
            reference, description, options, OnnxPictureInput.Of, (network, input) => new OnnxVisualEncoder(network, input, reference.Name));

    /// <inheritdoc/>
    public FrameSpec FramesFor(Rate rate) => new()
    {
        Width = _input.Width,
        Height = _input.Height,
        Rate = TakesClips ? _input.Resolved.FrameRate!.Value : rate.Hertz,
        ShortSide = _input.Resolved.ShortSide,
    };

    /// <inheritdoc/>
    public IVisualEncodingSession Start(Rate rate) => TakesClips
        ? new ClipSession(
            new ClipClock(rate, _input.Frames, _input.Resolved.FrameRate!.Value, _input.Resolved.Place!.Value), _transform, _input, _network)
        : new FrameBatchSession(
            _transform, 3 * _input.Width * _input.Height, _network.BatchSize, FeatureWidth, pictures => _network.Run(pictures.ToArray()));

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Creates the encoder of a catalog request. For a model, the preprocessing is the one that the model remembers.</summary>
    internal static OnnxVisualEncoder Create(EncoderRequest request) =>
        Load(OnnxReference.Find(request, "--visual-weights"), OnnxSettings.Parse(request.Options.Trained?.Settings), request.Options);
}
