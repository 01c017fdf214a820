using System.Numerics.Tensors;
using Evoke.Curves;
using Evoke.Encoders.Signal;
using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Onnx;

/// <summary>Any network of sound, from an ONNX file: <c>onnx:FILE[#OUTPUT]</c>. It takes samples or log-mel patches.</summary>
internal sealed class OnnxAudioEncoder : IAudioEncoder
{
    // As wav2vec 2.0's own front end has it: github.com/huggingface/transformers, wav2vec2/feature_extraction_wav2vec2.py.
    private const double SmallestVariance = 1e-7;

    private readonly OnnxNetwork _network;
    private readonly OnnxSoundInput _input;

    private OnnxAudioEncoder(OnnxNetwork network, OnnxSoundInput input, string name)
    {
        _network = network;
        _input = input;
        Identity = new EncoderIdentity(name, network.Sha256, OnnxSettings.Write(network.Named(input.Resolved)));
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => _network.FeatureWidth;

    /// <inheritdoc/>
    public int SampleRate => _input.SampleRate;

    /// <summary>What goes into the network.</summary>
    public OnnxSoundInput Input => _input;

    /// <summary>The network itself.</summary>
    public OnnxNetwork Network => _network;

    /// <summary>Loads a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="description">What the file does not say; null for FILE.onnx.json.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="output">Name of the output; null for that of <paramref name="description"/>.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    /// <exception cref="PrecisionException">A precision other than float32 was requested.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static OnnxAudioEncoder Load(string path, OnnxDescription? description, EncoderOptions options, string? output = null) =>
        Load(new OnnxReference(path, output, OnnxReference.NameOf(path)), description, options);

    /// <summary>Loads a network.</summary>
    /// <param name="reference">Which network.</param>
    /// <param name="description">What the file does not say; null for FILE.onnx.json.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="OnnxModelException">The file cannot be read, or its input or output does not fit.</exception>
    public static OnnxAudioEncoder Load(OnnxReference reference, OnnxDescription? description, EncoderOptions options) =>
        OnnxLoading.Load<OnnxSoundInput, OnnxAudioEncoder>(
            reference, description, options, OnnxSoundInput.Of, (network, input) => new OnnxAudioEncoder(network, input, reference.Name));

    /// <inheritdoc/>
    public IAudioEncodingSession Start(Rate rate)
    {
        SoundWindows windows = new(rate, _input.SampleRate, _input.Length, _input.Resolved.HopSeconds, _input.Resolved.Place ?? OnnxPlace.Centre);
        LogMelSpectrogram? spectrogram = _input.Mel is { } mel ? new LogMelSpectrogram(mel) : null;
        return new SoundWindowSession(windows, _input, spectrogram is null ? PrepareSamples : Patches(spectrogram), _network);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Creates the encoder of a catalog request. For a model, the preprocessing is the one that the model remembers.</summary>
    internal static OnnxAudioEncoder Create(EncoderRequest request) =>
        Load(OnnxReference.Find(request, "--audio-weights"), OnnxSettings.Parse(request.Options.Trained?.Settings), request.Options);

    private void PrepareSamples(ReadOnlySpan<float> samples, Span<float> item)
    {
        TensorPrimitives.Multiply(samples, _input.Resolved.Gain ?? 1, item);
        if (_input.Resolved.Standardise is not true)
        {
            return;
        }

        double sum = 0, squares = 0;
        foreach (float sample in item)
        {
            sum += sample;
        }

        double mean = sum / item.Length;
        foreach (float sample in item)
        {
            squares += (sample - mean) * (sample - mean);
        }

        double deviation = Math.Sqrt((squares / item.Length) + SmallestVariance);
        for (int i = 0; i < item.Length; i++)
        {
            item[i] = (float)((item[i] - mean) / deviation);
        }
    }

    private WindowPreparer Patches(LogMelSpectrogram spectrogram)
    {
        int bands = spectrogram.Bands;
        float[] frames = new float[_input.BandsFirst ? _input.ItemNumbers : 0];
        return (samples, item) =>
        {
            if (!_input.BandsFirst)
            {
                spectrogram.Compute(samples, item);
                return;
            }

            spectrogram.Compute(samples, frames);
            int count = frames.Length / bands;
            for (int i = 0; i < frames.Length; i++)
            {
                item[(i % bands * count) + (i / bands)] = frames[i];
            }
        };
    }
}
