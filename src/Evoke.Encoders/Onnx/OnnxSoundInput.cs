using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Onnx;

/// <summary>How sound becomes the items of a network: windows of samples, or spectrograms of windows.</summary>
internal sealed record OnnxSoundInput : IOnnxInput
{
    private const int LeastRate = 100, MostRate = 384_000, MostFrames = 1 << 16;
    private const double LongestSeconds = 600;
    private static readonly string[] s_waves = ["NS", "NCS"];
    private static readonly string[] s_patches = ["NTF", "NCTF", "NTFC", "NCFT", "NFT", "NFTC"];

    /// <summary>Samples per second.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Samples in a window, those of <see cref="Context"/> not counted.</summary>
    public required int Length { get; init; }

    /// <summary>Samples before a window that go in with it.</summary>
    public int Context { get; init; }

    /// <summary>The front end; null for samples as they are.</summary>
    public LogMelOptions? Mel { get; init; }

    /// <inheritdoc/>
    public required int[] ItemShape { get; init; }

    /// <summary>True if the bands of a spectrogram come before its frames.</summary>
    public bool BandsFirst { get; init; }

    /// <inheritdoc/>
    public required OnnxDescription Resolved { get; init; }

    /// <summary>Numbers of an item.</summary>
    public int ItemNumbers => ItemShape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>Finds out from a description and the shape of the input; null if mistakes leave it open.</summary>
    public static OnnxSoundInput? Of(OnnxDescription description, OnnxNetwork network, OnnxMistakes mistakes)
    {
        OnnxKind kind = description.Kind ?? KindOf(description, network.InputShape);
        if (kind is OnnxKind.Pictures or OnnxKind.Clips)
        {
            mistakes.AddKey("kind", $"this network takes {OnnxSidecar.NameOf(kind)}; expected one that takes wave or spectrogram.");
            return null;
        }

        OnnxKeys.RefuseIdle(description, kind, mistakes);
        OnnxKeys.CheckRange("sampleRate", description.SampleRate, LeastRate, MostRate, mistakes);
        OnnxKeys.CheckRange("windowSeconds", description.WindowSeconds, 0.0001, LongestSeconds, mistakes);
        OnnxKeys.CheckRange("hopSeconds", description.HopSeconds, 0.0001, LongestSeconds, mistakes);
        OnnxKeys.CheckRange("contextSeconds", description.ContextSeconds, 0, LongestSeconds, mistakes);
        OnnxKeys.CheckFactor("gain", description.Gain, mistakes);
        if (description is { HopSeconds: not null, Place: not null })
        {
            mistakes.AddKey("place", "it has no effect beside \"hopSeconds\": windows follow each other from the film's start.");
        }

        OnnxSoundInput? input = kind == OnnxKind.Wave ? Wave(description, network, mistakes) : Patches(description, network, mistakes);
        if (description.WithinStep is not null && input is { Resolved.HopSeconds: null })
        {
            mistakes.AddKey("withinStep", "it has no effect without \"hopSeconds\": each step has one window.");
        }

        return input;
    }

    private static OnnxKind KindOf(OnnxDescription description, int[] shape)
    {
        bool isMel = description is not { FrontEnd: null, Spectrogram: null, LogOffset: null };
        bool isWave = description is not { WindowSeconds: null, ContextSeconds: null, Standardise: null };
        return !isMel && (isWave || shape.Length == 2 || (shape.Length == 3 && shape[1] == 1)) ? OnnxKind.Wave : OnnxKind.Spectrogram;
    }

    private static OnnxSoundInput? Wave(OnnxDescription description, OnnxNetwork network, OnnxMistakes mistakes)
    {
        Dictionary<char, int?> known = new() { ['C'] = 1 };
        string? order = OnnxAxes.Choose(null, s_waves, network.InputShape, known);
        if (order is null)
        {
            mistakes.Add($"{network.InputText}; expected samples: [N, samples] or [N, 1, samples].");
        }

        if (description.SampleRate is null)
        {
            mistakes.AddKey("sampleRate", "expected the samples per second that the network takes, such as 16000; found none.");
        }

        // A window of no length would only follow from these.
        if (order is null || description.SampleRate is not { } rate || mistakes.Has("sampleRate", "contextSeconds"))
        {
            return null;
        }

        int context = SamplesOf(description.ContextSeconds ?? 0, rate);
        int? fixedLength = OnnxAxes.ExtentOf('S', order, network.InputShape) - context;
        int? length = description.WindowSeconds is { } seconds ? SamplesOf(seconds, rate) : fixedLength;
        if (length is not > 0)
        {
            mistakes.AddKey("windowSeconds", $"{network.InputText}; expected the length of a window in seconds; found none.");
            return null;
        }

        if (fixedLength is { } own && own != length)
        {
            mistakes.AddKey(
                "windowSeconds",
                FormattableString.Invariant($"{network.InputText}; expected {(double)own / rate} s, {own} samples beside {context} of context; ")
                + FormattableString.Invariant($"found {length} samples."));
        }

        bool follows = network.CarriesState;
        return new OnnxSoundInput
        {
            SampleRate = rate,
            Length = length.Value,
            Context = context,
            ItemShape = order == "NS" ? [context + length.Value] : [1, context + length.Value],
            Resolved = Timed(description, OnnxKind.Wave, follows ? (double)length.Value / rate : null, OnnxPlace.Centre) with
            {
                WindowSeconds = (double)length.Value / rate,
                ContextSeconds = description.ContextSeconds,
                Standardise = description.Standardise is true ? true : null,
                Gain = description.Gain,
            },
        };
    }

    private static OnnxSoundInput? Patches(OnnxDescription description, OnnxNetwork network, OnnxMistakes mistakes)
    {
        LogMelFrontEnd frontEnd = description.FrontEnd ?? LogMelFrontEnd.Vggish;
        LogMelOptions mel = OnnxSpectrograms.OptionsOf(description);
        OnnxSpectrograms.Check(description, mel, mistakes);
        int? wantedFrames = description.Spectrogram?.PatchFrames, usualFrames = LogMelFrontEnds.PatchFramesOf(frontEnd);
        Dictionary<char, int?> known = new() { ['C'] = 1, ['T'] = wantedFrames, ['F'] = mel.Bands };
        string? order = OnnxAxes.Choose(description.Axes, s_patches, network.InputShape, known);
        if (order is null)
        {
            string frames = (wantedFrames ?? usualFrames) is { } some ? FormattableString.Invariant($"{some}") : "frames";
            string asked = description.Axes is { } axes ? $" in the order {axes}" : "";
            string patch = FormattableString.Invariant($"{frames}, {mel.Bands}");
            mistakes.Add($"{network.InputText}; expected log-mel patches{asked}: [N, {patch}], [N, 1, {patch}] or [N, {patch}, 1].");
            return null;
        }

        if ((wantedFrames ?? OnnxAxes.ExtentOf('T', order, network.InputShape) ?? usualFrames) is not { } patchFrames)
        {
            mistakes.AddKey("spectrogram.patchFrames", $"{network.InputText}; expected the number of frames in a patch; found none.");
            return null;
        }

        OnnxKeys.CheckRange("spectrogram.patchFrames", patchFrames, 1, MostFrames, mistakes);
        if (mistakes.Any)
        {
            return null;
        }

        int length = mel.SamplesOf(patchFrames);
        if (mel.Centred && length <= mel.WindowLength / 2)
        {
            mistakes.AddKey("spectrogram.patchFrames", $"a patch that is mirrored at its ends must be longer than half a frame; found {patchFrames} frames.");
        }

        if (mistakes.Any)
        {
            return null;
        }

        Dictionary<char, int> extents = new() { ['C'] = 1, ['T'] = patchFrames, ['F'] = mel.Bands };
        double? hop = network.CarriesState ? (double)length / mel.SampleRate : null;
        return new OnnxSoundInput
        {
            SampleRate = mel.SampleRate,
            Length = length,
            Mel = mel,
            ItemShape = OnnxAxes.ItemShape(order, extents),
            BandsFirst = order.IndexOf('F', StringComparison.Ordinal) < order.IndexOf('T', StringComparison.Ordinal),
            Resolved = Timed(description, OnnxKind.Spectrogram, hop, frontEnd == LogMelFrontEnd.Vggish ? OnnxPlace.Start : OnnxPlace.Centre) with
            {
                Axes = order,
                FrontEnd = null,
                LogOffset = null,
                Spectrogram = OnnxSpectrograms.Of(mel, patchFrames),
                SampleRate = mel.SampleRate,
                Gain = mel.Gain,
            },
        };
    }

    private static OnnxDescription Timed(OnnxDescription description, OnnxKind kind, double? hop, OnnxPlace place)
    {
        double? every = description.HopSeconds ?? hop;
        return description with
        {
            Kind = kind,
            HopSeconds = every,
            Place = every is null ? description.Place ?? place : null,
            WithinStep = every is null ? null : description.WithinStep ?? OnnxWithinStep.Mean,
        };
    }

    private static int SamplesOf(double seconds, int rate) => (int)Math.Round(Math.Min(seconds, LongestSeconds) * rate);
}
