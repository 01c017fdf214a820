using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.Onnx;

/// <summary>The line of a network on VGGish's log-mel patches, one that starts at each step: "log offset 0.01, input x, output y".</summary>
internal static partial class OnnxPatchLine
{
    /// <summary>The description that a line stands for; null if it is not such a line.</summary>
    public static OnnxDescription? Parse(string? line) =>
        line is not null && Line().Match(line) is { Success: true } match
            && float.TryParse(match.Groups["offset"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out float offset)
            ? new OnnxDescription
            {
                Kind = OnnxKind.Spectrogram,
                LogOffset = offset,
                Input = match.Groups["input"].Value,
                Output = match.Groups["output"].Value,
            }
            : null;

    /// <summary>The line of a description in which nothing is left open; null if it says more than the line can.</summary>
    public static string? TryWrite(OnnxDescription resolved)
    {
        if (resolved is not
            {
                Kind: OnnxKind.Spectrogram, Place: OnnxPlace.Start, HopSeconds: null, Constants: null, State: null, Pooling: null, L2: null,
                Spectrogram: { LogOffset: { } offset, PatchFrames: 96 } spectrogram,
            })
        {
            return null;
        }

        LogMelOptions usual = LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Vggish) with { LogOffset = offset };
        bool isUsual = OnnxSpectrograms.Of(usual, 96) == spectrogram && resolved.SampleRate == usual.SampleRate && resolved.Gain == usual.Gain;
        return isUsual ? string.Create(CultureInfo.InvariantCulture, $"log offset {offset}, input {resolved.Input}, output {resolved.Output}") : null;
    }

    [GeneratedRegex("^log offset (?<offset>\\S+), input (?<input>.+), output (?<output>.+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Line();
}
