using System.ComponentModel;
using System.Text.Json.Serialization;
using Evoke.Encoders.Batches;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Onnx;

/// <summary>What an ONNX file does not say about itself: FILE.onnx.json beside it. What is null is taken from the network, or is the default.</summary>
/// <remarks>The keys are the properties' names in camel case; their descriptions are those of the JSON Schema and of docs/encoders.md.</remarks>
internal sealed record OnnxDescription
{
    [JsonPropertyName("$schema")]
    [Description("Address of this schema, for editors.")]
    public string? Schema { get; init; }

    [Description("What the network takes. Without it, the shape of the input decides.")]
    public OnnxKind? Kind { get; init; }

    [Description("Name of the input. Needed only if several inputs are left that nothing feeds.")]
    public string? Input { get; init; }

    [Description("Name of the output. Needed only if there are several; #OUTPUT after the file's name goes before it.")]
    public string? Output { get; init; }

    [Description("Other inputs, by name, and the number that fills each: a sampling rate, a mask of ones. true and false count as 1 and 0.")]
    public IReadOnlyDictionary<string, double>? Constants { get; init; }

    [Description("Inputs that carry state from window to window, by name, and the output that gives the next state of each. They begin as zeros.")]
    public IReadOnlyDictionary<string, string>? State { get; init; }

    [Description(
        "One row for each item: cls (first token), mean (all tokens), mean_patches (all but the first) of [N, tokens, D]; map (mean over all places) of "
        + "[N, D, ...].")]
    public OnnxPooling? Pooling { get; init; }

    [Description("True to scale each row to length 1.")]
    public bool? L2 { get; init; }

    [Description("Order of the input's dimensions. Pictures: NCHW, NHWC. Clips: N and T, C, H, W in any order. Spectrograms: N and T (frames), F (bands), C "
        + "(one channel, if there is such a dimension) in any order. Without it, the input's shape decides.")]
    public string? Axes { get; init; }

    [Description("Width in pixels; needed only if the network accepts any.")]
    public int? Width { get; init; }

    [Description("Height in pixels; needed only if the network accepts any.")]
    public int? Height { get; init; }

    [Description("Pixels of the picture's shorter side after resizing in its own proportions; width x height are then cut from its middle. Without it, the "
        + "whole picture is squeezed to width x height.")]
    public int? ShortSide { get; init; }

    [Description("Where the colours of a picture are: the older name of axes NCHW and NHWC.")]
    public PictureLayout? Layout { get; init; }

    [Description("The numbers of black and white before mean and std.")]
    public IReadOnlyList<float>? Range { get; init; }

    [Description("Subtracted from red, green and blue. Without range, mean and std, ImageNet's are used for values in [0, 1].")]
    public IReadOnlyList<float>? Mean { get; init; }

    [Description("What red, green and blue are divided by after that.")]
    public IReadOnlyList<float>? Std { get; init; }

    [Description("Pictures in a clip; needed only if the network accepts any number.")]
    public int? Frames { get; init; }

    [Description("Pictures per second within a clip: 6.25 for every fourth picture of a film at 25 pictures per second.")]
    public double? FrameRate { get; init; }

    [Description("Where a clip or a window of sound lies: it starts with its step, its middle is the step's middle, or it ends with its step.")]
    public OnnxPlace? Place { get; init; }

    [Description("Samples per second that the network takes.")]
    public int? SampleRate { get; init; }

    [Description("Length of a window of sound in seconds; needed only if the network accepts any. A spectrogram's follows from its frames.")]
    public double? WindowSeconds { get; init; }

    [Description("Seconds from the start of one window to that of the next, from the film's start on. Without it, each step has one window of its own.")]
    public double? HopSeconds { get; init; }

    [Description("Seconds of sound before each window that the network takes in front of it: 0.004 for Silero's detector.")]
    public double? ContextSeconds { get; init; }

    [Description("What a step takes of several windows whose middles lie in it.")]
    public OnnxWithinStep? WithinStep { get; init; }

    [Description("True to bring each window to zero mean and unit variance.")]
    public bool? Standardise { get; init; }

    [Description("What samples, which are in [-1, 1], are multiplied by first: 32768 for networks that were trained on 16-bit numbers.")]
    public float? Gain { get; init; }

    [Description("A known front end; the keys of spectrogram change single parts of it.")]
    public LogMelFrontEnd? FrontEnd { get; init; }

    [Description("How a spectrogram is computed.")]
    public OnnxSpectrogram? Spectrogram { get; init; }

    [Description("Added before the logarithm: the older name of spectrogram.logOffset.")]
    public float? LogOffset { get; init; }

    [Description("What the network is, for lists.")]
    public string? Title { get; init; }

    [Description("Licence of the weights, as an SPDX identifier, for lists.")]
    public string? Licence { get; init; }

    [Description("Where the network comes from, for lists.")]
    public string? Source { get; init; }
}

/// <summary>Parts of a log-mel front end that differ from <see cref="OnnxDescription.FrontEnd"/>; see <see cref="LogMelOptions"/>.</summary>
internal sealed record OnnxSpectrogram
{
    [Description("Frames in a patch; needed only if the network accepts any number.")]
    public int? PatchFrames { get; init; }

    [Description("Samples in a frame.")]
    public int? WindowLength { get; init; }

    [Description("Samples from the start of one frame to that of the next.")]
    public int? HopLength { get; init; }

    [Description("Samples in a transform, a power of two; a frame is filled up with zeros.")]
    public int? FftSize { get; init; }

    [Description("What a frame is multiplied with. The symmetric forms end as they begin.")]
    public SpectralWindowShape? Window { get; init; }

    [Description("True if frame f has its middle at sample f * hopLength, the patch being mirrored at both ends (torch.stft's and librosa's centre).")]
    public bool? Centred { get; init; }

    [Description("True to subtract from each frame its mean.")]
    public bool? RemoveDc { get; init; }

    [Description("Part of the sample before that is subtracted from each sample of a frame.")]
    public double? PreEmphasis { get; init; }

    [Description("1 for the magnitude of the spectrum, 2 for its power.")]
    public int? Power { get; init; }

    [Description("Mel bands.")]
    public int? Bands { get; init; }

    [Description("The mel scale. htk and slaney have bands whose sides are straight in Hz, kaldi has HTK's scale and sides that are straight in mel.")]
    public MelScale? MelScale { get; init; }

    [Description("True to divide each band by half its width in Hz (Slaney's normalisation).")]
    public bool? AreaNormalised { get; init; }

    [Description("Lower edge of the first band in Hz.")]
    public double? LowHz { get; init; }

    [Description("Upper edge of the last band in Hz.")]
    public double? HighHz { get; init; }

    [Description("Smaller values of a band count as this before the logarithm.")]
    public float? Floor { get; init; }

    [Description("Added before the logarithm.")]
    public float? LogOffset { get; init; }

    [Description("True for 10 times the decimal logarithm, false for the natural one.")]
    public bool? Decibels { get; init; }

    [Description("Subtracted after the logarithm.")]
    public float? Subtract { get; init; }

    [Description("What the rest is divided by.")]
    public float? DivideBy { get; init; }
}
