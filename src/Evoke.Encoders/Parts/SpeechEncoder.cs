using Evoke.Curves;
using Evoke.Encoders.Onnx;
using Evoke.Encoders.Weights;
using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Parts;

/// <summary><c>speech</c>: Silero's speech detector. Three numbers a step: mean probability, share of speech, beginnings of speech.</summary>
internal sealed class SpeechEncoder : IAudioEncoder
{
    /// <summary>Numbers a step.</summary>
    public const int Width = 3;

    // As in github.com/snakers4/silero-vad, src/silero_vad/utils_vad.py: 512 samples, the 64 before them, state, sampling rate.
    private const int Rate = 16_000, WindowSamples = 512;
    private const double WindowSeconds = (double)WindowSamples / Rate;

    private static readonly OnnxDescription Description = new()
    {
        Kind = OnnxKind.Wave,
        Input = "input",
        Output = "output",
        SampleRate = Rate,
        WindowSeconds = WindowSeconds,
        ContextSeconds = 0.004,
        State = new Dictionary<string, string> { ["state"] = "stateN" },
        Constants = new Dictionary<string, double> { ["sr"] = Rate },
    };

    private readonly OnnxAudioEncoder _detector;

    private SpeechEncoder(OnnxAudioEncoder detector)
    {
        _detector = detector;
        Identity = new EncoderIdentity(WeightRegistry.Speech, detector.Identity.WeightsSha256, "v1");
    }

    /// <inheritdoc/>
    public EncoderIdentity Identity { get; }

    /// <inheritdoc/>
    public int FeatureWidth => Width;

    /// <inheritdoc/>
    public int SampleRate => Rate;

    /// <summary>Loads it from the store, or from <see cref="EncoderOptions.WeightsFile"/>.</summary>
    /// <exception cref="WeightsNotInstalledException">No file is given and the store has none; the message says how to get it.</exception>
    /// <exception cref="OnnxModelException">The file cannot be read or is another network.</exception>
    /// <exception cref="ComputeDeviceException">The device is not available.</exception>
    public static SpeechEncoder Load(EncoderOptions options)
    {
        string path = options.WeightsFile ?? new WeightStore(options.CacheFolder).Get(WeightRegistry.Speech).Path;
        OnnxAudioEncoder detector = OnnxAudioEncoder.Load(path, Description, options with { Precision = null });
        return detector.FeatureWidth == 1
            ? new SpeechEncoder(detector)
            : throw Refused(detector, path);
    }

    /// <inheritdoc/>
    public IAudioEncodingSession Start(Rate rate) => new Session(_detector.Start(new Rate(1 / WindowSeconds)), rate);

    /// <inheritdoc/>
    public void Dispose() => _detector.Dispose();

    private static OnnxModelException Refused(OnnxAudioEncoder detector, string path)
    {
        using (detector)
        {
            return new OnnxModelException(path, $"its output has {detector.FeatureWidth} numbers for each window; expected 1, the probability of speech.");
        }
    }

    /// <summary>The numbers of each step.</summary>
    /// <param name="probabilities">One for each window.</param>
    /// <param name="rate">Steps per second.</param>
    /// <param name="steps">How many steps.</param>
    /// <returns>Row-major [steps, <see cref="Width"/>].</returns>
    internal static float[] ToSteps(ReadOnlySpan<float> probabilities, Rate rate, int steps)
    {
        float[] values = new float[checked(steps * Width)];
        int[] windows = new int[steps];
        for (int i = 0; i < probabilities.Length; i++)
        {
            int step = StepAt((i + 0.5) * WindowSeconds);
            values[step * Width] += probabilities[i];
            windows[step]++;
        }

        for (int step = 0; step < steps; step++)
        {
            // Steps that are shorter than a window take the one that they lie in.
            int own = Math.Min(probabilities.Length - 1, (int)((step + 0.5) / rate.Hertz / WindowSeconds));
            values[step * Width] = windows[step] > 0 ? values[step * Width] / windows[step] : probabilities[own];
        }

        foreach ((double start, double end) in SpeechSegments.Find(probabilities, WindowSeconds))
        {
            values[(StepAt(start) * Width) + 2]++;
            for (int step = StepAt(start); step <= StepAt(end); step++)
            {
                double inside = Math.Min(end, (step + 1) / rate.Hertz) - Math.Max(start, step / rate.Hertz);
                values[(step * Width) + 1] += (float)Math.Max(0, inside * rate.Hertz);
            }
        }

        return values;

        int StepAt(double seconds) => Math.Min(steps - 1, (int)(seconds * rate.Hertz));
    }

    private sealed class Session(IAudioEncodingSession windows, Rate rate) : IAudioEncodingSession
    {
        public void Push(ReadOnlySpan<float> samples) => windows.Push(samples);

        public float[] Complete(int steps) => steps == 0
            ? []
            : ToSteps(windows.Complete(Math.Max(1, (int)Math.Ceiling(steps / rate.Hertz / WindowSeconds))), rate, steps);

        public void Dispose() => windows.Dispose();
    }
}
