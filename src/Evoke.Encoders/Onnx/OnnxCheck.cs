using System.Diagnostics;
using System.Globalization;
using Evoke.Curves;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Onnx;

/// <summary>What <see cref="OnnxCheck"/> found out about an ONNX file.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record OnnxCheckReport
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>"pictures", "clips", "wave" or "spectrogram".</summary>
    public required string Kind { get; init; }

    /// <summary>True for a network of sound.</summary>
    public bool Hears => Kind is "wave" or "spectrogram";

    /// <summary>All inputs with type and shape: "x float32 [any, 3, 224, 224]".</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>All outputs with type and shape.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>What goes in, in words.</summary>
    public required string Takes { get; init; }

    /// <summary>Name of the output in use.</summary>
    public required string Output { get; init; }

    /// <summary>Numbers for each step.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Seconds of film at one step per second that are encoded in a second, decoding aside; null if it was not run.</summary>
    public double? Speed { get; init; }

    /// <summary>SHA-256 of the network's files, as features and models remember it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>All else that features and models remember.</summary>
    public required string Settings { get; init; }

    /// <summary>The first numbers for the test card or the tone; empty if it was not run.</summary>
    public IReadOnlyList<float> FirstNumbers { get; init; } = [];

    /// <summary>What the network is, by the JSON beside it; null if it does not say.</summary>
    public string? Title { get; init; }

    /// <summary>Licence of the weights, by the JSON beside it; null if it does not say.</summary>
    public string? Licence { get; init; }

    /// <summary>What is wrong with the numbers, in words; empty if nothing.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Tries an ONNX file as an encoder: on a test card, or on a tone.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class OnnxCheck
{
    private const int Seconds = 12;
    private const int FewNumbers = 4;
    private const double ToneHz = 440, ToneLevel = 0.5;

    /// <summary>Loads a network and runs it on twelve seconds of a test card or of a tone.</summary>
    /// <param name="file">FILE or FILE#OUTPUT.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="OnnxModelException">The file cannot be used; the message lists every mistake.</exception>
    public static OnnxCheckReport Run(string file, EncoderOptions options) => Check(file, options, run: true);

    /// <summary>Loads a network without running it.</summary>
    /// <param name="file">FILE or FILE#OUTPUT.</param>
    /// <param name="options">Where it would run.</param>
    /// <exception cref="OnnxModelException">The file cannot be used; the message lists every mistake.</exception>
    public static OnnxCheckReport Describe(string file, EncoderOptions options) => Check(file, options, run: false);

    private static OnnxCheckReport Check(string file, EncoderOptions options, bool run)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        EncoderRequest request = new($"onnx:{file}", file, options);
        OnnxReference reference = OnnxReference.Find(request, "");
        OnnxMistakes mistakes = new(reference.Path);
        OnnxDescription description = OnnxSidecar.Read(reference.Path, mistakes);
        return Hears(reference, description, options, mistakes) ? Sound(request, description, run) : Picture(request, description, run);
    }

    // Where the network must be opened to find out, and it is not clear how it is wired, that is said beside the mistakes of the JSON file.
    private static bool Hears(OnnxReference reference, OnnxDescription description, EncoderOptions options, OnnxMistakes mistakes)
    {
        if (description.Kind is { } kind)
        {
            return kind is OnnxKind.Wave or OnnxKind.Spectrogram;
        }

        if (description is not { SampleRate: null, FrontEnd: null, Spectrogram: null, LogOffset: null, State: null })
        {
            return true;
        }

        using OnnxNetwork network = OnnxNetwork.Load(reference.Path, description, reference.Output, options, mistakes);
        int[] shape = network.InputShape;
        return shape.Length < 4 || (shape.Length == 4 && shape[1] != 3 && shape[3] != 3 && shape.Any(extent => extent == 1));
    }

    private static OnnxCheckReport Picture(EncoderRequest request, OnnxDescription description, bool run)
    {
        using OnnxVisualEncoder encoder = OnnxVisualEncoder.Create(request);
        OnnxCheckReport report = Report(request, encoder.Network, encoder.Input.Resolved, description, OnnxWords.Of(encoder.Input));
        FrameSpec spec = encoder.FramesFor(new Rate(1));
        return run ? Tried(report, TestCard(spec.Width, spec.Height), new byte[spec.FrameBytes], Encode) : report;

        float[] Encode(byte[] picture, int steps)
        {
            using IVisualEncodingSession session = encoder.Start(new Rate(1));
            for (int k = 0; k < Math.Ceiling(steps * spec.Rate); k++)
            {
                session.Push(new FrameChunk(k, picture));
            }

            return session.Complete(steps);
        }
    }

    private static OnnxCheckReport Sound(EncoderRequest request, OnnxDescription description, bool run)
    {
        using OnnxAudioEncoder encoder = OnnxAudioEncoder.Create(request);
        OnnxCheckReport report = Report(request, encoder.Network, encoder.Input.Resolved, description, OnnxWords.Of(encoder.Input));
        return run ? Tried(report, Tone(encoder.SampleRate), new float[Seconds * encoder.SampleRate], Encode) : report;

        float[] Encode(float[] sound, int steps)
        {
            using IAudioEncodingSession session = encoder.Start(new Rate(1));
            session.Push(sound.AsSpan(0, steps * encoder.SampleRate));
            return session.Complete(steps);
        }
    }

    private static OnnxCheckReport Report(
        EncoderRequest request, OnnxNetwork network, OnnxDescription resolved, OnnxDescription description, string takes) => new()
        {
            Path = request.Argument,
            Kind = OnnxSidecar.NameOf(resolved.Kind!.Value),
            Takes = takes,
            Inputs = [.. network.Inputs],
            Outputs = [.. network.Outputs],
            Output = network.OutputName,
            FeatureWidth = network.FeatureWidth,
            Sha256 = network.Sha256,
            Settings = OnnxSettings.Write(network.Named(resolved)),
            Title = description.Title,
            Licence = description.Licence,
        };

    // The first run, of one step, warms the network up.
    private static OnnxCheckReport Tried<T>(OnnxCheckReport report, T input, T nothing, Func<T, int, float[]> encode)
    {
        float[] ofNothing = encode(nothing, 1);
        long started = Stopwatch.GetTimestamp();
        float[] rows = encode(input, Seconds);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        float[] row = rows.AsSpan(Seconds / 2 * report.FeatureWidth, report.FeatureWidth).ToArray();
        return report with
        {
            Speed = Seconds / Math.Max(seconds, 1e-6),
            FirstNumbers = row[..Math.Min(FewNumbers, row.Length)],
            Problems = [.. ProblemsOf(rows, row, ofNothing)],
        };
    }

    private static IEnumerable<string> ProblemsOf(float[] rows, float[] row, float[] ofNothing)
    {
        if (!rows.All(float.IsFinite))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{rows.Count(number => !float.IsFinite(number))} of {rows.Length} numbers are infinite or not numbers.");
        }
        else if (row.AsSpan().SequenceEqual(ofNothing))
        {
            yield return "the test input and black or silence give the same numbers: the input is probably scaled in another way.";
        }
    }

    private static float[] Tone(int sampleRate)
    {
        float[] tone = new float[Seconds * sampleRate];
        for (int i = 0; i < tone.Length; i++)
        {
            tone[i] = (float)(ToneLevel * Math.Sin(2 * Math.PI * ToneHz * i / sampleRate));
        }

        return tone;
    }

    // Bars of eight colours over a grey ramp.
    private static byte[] TestCard(int width, int height)
    {
        byte[] card = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            int x = i % width, bar = 8 * x / width, grey = 255 * x / width;
            bool isBar = i / width < 2 * height / 3;
            for (int colour = 0; colour < 3; colour++)
            {
                card[(3 * i) + colour] = (byte)(isBar ? ((bar >> colour) & 1) * 255 : grey);
            }
        }

        return card;
    }
}
