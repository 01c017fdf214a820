using System.Globalization;
using Evoke.Curves;
using Evoke.Encoders.Deep;
using Evoke.Encoders.Networks;
using Evoke.Encoders.Signal;
using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Onnx;

/// <summary>Any network of log-mel patches, from an ONNX file: <c>onnx:FILE[#OUTPUT]</c>. Patches are VGGish's: 96 frames x 64 bands, one at each
/// step.</summary>
internal sealed class OnnxAudioEncoder : IAudioEncoder
{
    private readonly OnnxNetwork _network;
    private readonly LogMelOptions _frontEnd;

    private OnnxAudioEncoder(OnnxNetwork network, string path, OnnxSoundOptions options, string name)
    {
        _network = network;
        _frontEnd = new LogMelOptions { LogOffset = options.LogOffset };
        if (!(options.LogOffset > 0) || !float.IsFinite(options.LogOffset))
        {
            throw new OnnxModelException(
                path, string.Create(CultureInfo.InvariantCulture, $"\"logOffset\" must be a number above 0; found {options.LogOffset}."));
        }

        int[] item = network.InputShape[1..];
        int[] patch = [VggishNetwork.PatchFrames, VggishNetwork.PatchBands];
        if (!Fits(item, patch) && !Fits(item, [1, .. patch]) && !Fits(item, [.. patch, 1]))
        {
            throw new OnnxModelException(
                path,
                $"the input '{network.InputName}' is [{string.Join(", ", network.InputShape)}]; expected log-mel patches: [N, 96, 64], [N, 1, 96, 64] or "
                + "[N, 96, 64, 1].");
        }

        ItemShape = item.Length == 2 ? patch : item[0] is 1 or <= 0 && !Fits(item, [.. patch, 1]) ? [1, .. patch] : [.. patch, 1];
        OnnxSoundSettings settings = new(options.LogOffset, network.InputName, network.OutputName);
        Identity = new EncoderIdentity(name, network.Sha256, settings.ToString());
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _network.FeatureWidth;

    /// <inheritdoc/>
    public int SampleRate => _frontEnd.SampleRate;

    private int[] ItemShape { get; }

    /// <summary>Loads a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="sound">How sound is preprocessed; null for FILE.onnx.json, or VGGish's own front end.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="output">Name of the output; null for that of <paramref name="sound"/>.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    /// <exception cref="PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static OnnxAudioEncoder Load(string path, OnnxSoundOptions? sound, EncoderOptions options, string? output = null) =>
        Load(new OnnxReference(path, output, OnnxReference.NameOf(path)), sound, options);

    private static OnnxAudioEncoder Load(OnnxReference reference, OnnxSoundOptions? sound, EncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = reference.Path;
        sound ??= OnnxSidecar.Read<OnnxSoundOptions>(path) ?? new OnnxSoundOptions();
        OnnxNetwork network = OnnxNetwork.Load(path, sound.Input, reference.Output ?? sound.Output, options);
        try
        {
            return new OnnxAudioEncoder(network, path, sound, reference.Name);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IAudioEncodingSession Start(Rate rate) => new PatchSession(
        new PatchClock(rate, _frontEnd.SampleRate, VggishHop.Step),
        new LogMelSpectrogram(_frontEnd),
        patches => _network.Run(patches.ToArray(), ItemShape),
        FeatureWidth,
        _network.BatchSize);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Creates the encoder of a catalog request. For a model, the preprocessing is the one that the model remembers.</summary>
    internal static OnnxAudioEncoder Create(EncoderRequest request) =>
        Load(OnnxReference.Find(request, "--audio-weights"), OnnxSoundSettings.Parse(request.Options.Trained?.Settings), request.Options);

    private static bool Fits(int[] item, int[] wanted) =>
        item.Length == wanted.Length && item.Zip(wanted).All(pair => pair.First <= 0 || pair.First == pair.Second);
}
