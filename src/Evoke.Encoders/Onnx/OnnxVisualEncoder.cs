using Evoke.Curves;
using Evoke.Encoders.Deep;
using Evoke.Features;
using Evoke.Kernels.Torch;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Onnx;

/// <summary>Any image network, from an ONNX file: <c>onnx:FILE[#OUTPUT]</c>.</summary>
internal sealed class OnnxVisualEncoder : IVisualEncoder
{
    private const int Colours = 3;
    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetDeviation = [0.229f, 0.224f, 0.225f];

    private readonly OnnxNetwork _network;
    private readonly PixelTransform _transform;
    private readonly int[] _itemShape;
    private readonly (int Width, int Height) _size;

    private OnnxVisualEncoder(OnnxNetwork network, string path, OnnxPictureOptions options, string name)
    {
        _network = network;
        PictureLayout layout = LayoutOf(network, path, options);
        _size = SizeOf(network, path, options, layout);
        _itemShape = layout == PictureLayout.ChannelsFirst ? [Colours, _size.Height, _size.Width] : [_size.Height, _size.Width, Colours];
        (float[] mean, float[] deviation) = Normalisation(path, options);
        _transform = new PixelTransform(mean, deviation, layout);
        OnnxPictureSettings settings = new(_size.Width, _size.Height, layout, mean, deviation, network.InputName, network.OutputName);
        Identity = new EncoderIdentity(name, network.Sha256, settings.ToString());
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _network.FeatureWidth;

    /// <summary>Loads a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="picture">How pictures are preprocessed; null for FILE.onnx.json, or what the network itself says.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="output">Name of the output; null for that of <paramref name="picture"/>.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    /// <exception cref="PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static OnnxVisualEncoder Load(string path, OnnxPictureOptions? picture, EncoderOptions options, string? output = null) =>
        Load(new OnnxReference(path, output, OnnxReference.NameOf(path)), picture, options);

    private static OnnxVisualEncoder Load(OnnxReference reference, OnnxPictureOptions? picture, EncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = reference.Path;
        picture ??= OnnxSidecar.Read<OnnxPictureOptions>(path) ?? new OnnxPictureOptions();
        OnnxNetwork network = OnnxNetwork.Load(path, picture.Input, reference.Output ?? picture.Output, options);
        try
        {
            return new OnnxVisualEncoder(network, path, picture, reference.Name);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public FrameSpec FramesFor(Rate rate) => new() { Width = _size.Width, Height = _size.Height, Rate = rate.Hertz };

    /// <inheritdoc/>
    public IVisualEncodingSession Start(Rate rate) =>
        new FrameBatchSession(_transform, Colours * _size.Width * _size.Height, _network.BatchSize, FeatureWidth, Encode);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Creates the encoder of a catalog request. For a model, the preprocessing is the one that the model remembers.</summary>
    internal static OnnxVisualEncoder Create(EncoderRequest request) =>
        Load(OnnxReference.Find(request, "--visual-weights"), OnnxPictureSettings.Parse(request.Options.Trained?.Settings), request.Options);

    private float[] Encode(ReadOnlySpan<float> pictures) => _network.Run(pictures.ToArray(), _itemShape);

    private static PictureLayout LayoutOf(OnnxNetwork network, string path, OnnxPictureOptions options)
    {
        int[] shape = network.InputShape;
        if (shape.Length != 4)
        {
            throw Unfit(network, path, "expected four dimensions: [N, 3, height, width] or [N, height, width, 3]");
        }

        PictureLayout layout = options.Layout ?? (shape[1] == Colours || shape[3] != Colours ? PictureLayout.ChannelsFirst : PictureLayout.ChannelsLast);
        int colours = layout == PictureLayout.ChannelsFirst ? shape[1] : shape[3];
        return colours is Colours or <= 0
            ? layout
            : throw Unfit(network, path, $"expected {Colours} colours where the layout {layout} has them");
    }

    private static (int Width, int Height) SizeOf(OnnxNetwork network, string path, OnnxPictureOptions options, PictureLayout layout)
    {
        (int ownHeight, int ownWidth) = layout == PictureLayout.ChannelsFirst
            ? (network.InputShape[2], network.InputShape[3])
            : (network.InputShape[1], network.InputShape[2]);
        return (Extent("width", options.Width, ownWidth), Extent("height", options.Height, ownHeight));

        int Extent(string name, int? asked, int own) => (asked, own) switch
        {
            ( <= 0, _) => throw Unfit(network, path, $"\"{name}\" must be 1 or more, found {asked}"),
            (null, > 0) => own,
            (null, _) => throw Unfit(
                network, path, $"it accepts any {name}: set it in {Path.GetFileName(path)}.json, for example {{ \"width\": 224, \"height\": 224 }}"),
            (_, > 0) when asked != own => throw Unfit(network, path, $"\"{name}\" is {asked} in the options"),
            _ => asked.Value,
        };
    }

    // (low + v (high - low) - mean) / std for v in [0,1], as (v - m) / d.
    private static (float[] Mean, float[] Deviation) Normalisation(string path, OnnxPictureOptions options)
    {
        if (options is { Range: null, Mean: null, Std: null })
        {
            return (ImageNetMean, ImageNetDeviation);
        }

        IReadOnlyList<float> range = options.Range ?? [0, 1];
        IReadOnlyList<float> mean = options.Mean ?? [0, 0, 0];
        IReadOnlyList<float> std = options.Std ?? [1, 1, 1];
        bool areNumbers = range.Concat(mean).Concat(std).All(float.IsFinite);
        if (!areNumbers || range.Count != 2 || range[0] == range[1] || mean.Count != Colours || std.Count != Colours || std.Contains(0))
        {
            throw new OnnxModelException(
                path,
                $"\"range\" must have two different numbers, \"mean\" and \"std\" must have three, and no \"std\" may be 0, all within the range of float32; "
                + $"found [{string.Join(", ", range)}], [{string.Join(", ", mean)}], [{string.Join(", ", std)}].");
        }

        float span = range[1] - range[0];
        float[] means = [.. mean.Select(m => (m - range[0]) / span)], deviations = [.. std.Select(d => d / span)];
        return means.Concat(deviations).All(float.IsFinite) && !deviations.Contains(0)
            ? (means, deviations)
            : throw new OnnxModelException(path, "\"range\", \"mean\" and \"std\" are too far apart for float32 numbers.");
    }

    private static OnnxModelException Unfit(OnnxNetwork network, string path, string problem) =>
        new(path, $"the input '{network.InputName}' is [{string.Join(", ", network.InputShape)}]; {problem}.");
}
