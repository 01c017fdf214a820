using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Features;

namespace Evoke.Encoders.Onnx;

/// <summary>Everything that determines a sound network's features besides its files, as one line in <see cref="EncoderIdentity.Settings"/>.</summary>
/// <remarks>A model keeps the line, so that it needs no JSON file beside the network.</remarks>
/// <param name="LogOffset">Added before the logarithm.</param>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the output.</param>
internal sealed partial record OnnxSoundSettings(float LogOffset, string Input, string Output)
{
    /// <summary>The options that a line stands for; null if it is not such a line.</summary>
    public static OnnxSoundOptions? Parse(string? settings) =>
        settings is not null && Line().Match(settings) is { Success: true } match
            && float.TryParse(match.Groups["offset"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out float offset)
            ? new OnnxSoundOptions { LogOffset = offset, Input = match.Groups["input"].Value, Output = match.Groups["output"].Value }
            : null;

    /// <summary>The line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"log offset {LogOffset}, input {Input}, output {Output}");

    [GeneratedRegex("^log offset (?<offset>\\S+), input (?<input>.+), output (?<output>.+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Line();
}
