using System.Globalization;

namespace Evoke.Encoders.Onnx;

/// <summary>What goes into a network, in words.</summary>
internal static class OnnxWords
{
    /// <summary>"one picture of 224 x 224 for each step, order NCHW, (value / 255 - 0.5 0.5 0.5) / 0.5 0.5 0.5".</summary>
    public static string Of(OnnxPictureInput input)
    {
        OnnxDescription resolved = input.Resolved;
        string what = resolved.Kind == OnnxKind.Pictures
            ? Invariant($"one picture of {input.Width} x {input.Height} for each step")
            : Invariant($"clips of {input.Frames} pictures of {input.Width} x {input.Height} at {resolved.FrameRate} per second ")
                + Invariant($"({input.Frames / resolved.FrameRate:0.##} s), {Where(resolved.Place!.Value)}");
        string cut = resolved.ShortSide is { } side ? Invariant($", cut from the middle of one whose shorter side is {side}") : "";
        return $"{what}{cut}, order {input.Axes}, (value / 255 - {Numbers(input.Mean)}) / {Numbers(input.Deviation)}";
    }

    /// <summary>"samples at 16000 Hz: windows of 0.032 s after each other with 0.004 s before each; a step takes the mean of its windows".</summary>
    public static string Of(OnnxSoundInput input)
    {
        OnnxDescription resolved = input.Resolved;
        string what = input.Mel is { } mel
            ? Invariant($"log-mel spectrograms of sound at {input.SampleRate} Hz: patches of {resolved.Spectrogram!.PatchFrames} frames x {mel.Bands} bands ")
                + Invariant($"({(double)input.Length / input.SampleRate:0.###} s), order {resolved.Axes}")
            : Invariant($"samples at {input.SampleRate} Hz: windows of {(double)input.Length / input.SampleRate:0.####} s");
        string context = input.Context > 0 ? Invariant($" with {(double)input.Context / input.SampleRate:0.####} s before each") : "";
        string when = resolved.HopSeconds is { } hop
            ? Invariant($", one every {hop:0.####} s; a step takes the {(resolved.WithinStep == OnnxWithinStep.Max ? "maximum" : "mean")} of its windows")
            : $", one for each step, {Where(resolved.Place!.Value)}";
        string standard = resolved.Standardise is true ? "; each has zero mean and unit variance" : "";
        return what + context + when + standard;
    }

    private static string Where(OnnxPlace place) => place switch
    {
        OnnxPlace.Start => "which starts with it",
        OnnxPlace.End => "which ends with it",
        _ => "with the same middle",
    };

    private static string Numbers(IEnumerable<float> numbers) => string.Join(' ', numbers.Select(x => x.ToString("0.####", CultureInfo.InvariantCulture)));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
