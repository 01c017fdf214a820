using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Encoders.Deep;
using Evoke.Features;

namespace Evoke.Encoders.Onnx;

/// <summary>Everything that determines an image network's features besides its files, as one line in <see cref="EncoderIdentity.Settings"/>.</summary>
/// <remarks>A model keeps the line, so that it needs no JSON file beside the network.</remarks>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Layout">Where the colours are.</param>
/// <param name="Mean">Taken off red, green and blue, which are in [0, 1].</param>
/// <param name="Deviation">What the rest is divided by.</param>
/// <param name="Input">Name of the input.</param>
/// <param name="Output">Name of the output.</param>
internal sealed partial record OnnxPictureSettings(
    int Width, int Height, PictureLayout Layout, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation, string Input, string Output)
{
    private const string First = "channelsFirst", Last = "channelsLast";

    /// <summary>The options that a line stands for; null if it is not such a line.</summary>
    public static OnnxPictureOptions? Parse(string? settings)
    {
        if (settings is null || Line().Match(settings) is not { Success: true } match || !TryNumbers(match, "mean", out float[] mean)
            || !TryNumbers(match, "std", out float[] std)
            || !int.TryParse(match.Groups["width"].Value, CultureInfo.InvariantCulture, out int width)
            || !int.TryParse(match.Groups["height"].Value, CultureInfo.InvariantCulture, out int height))
        {
            return null;
        }

        return new OnnxPictureOptions
        {
            Width = width,
            Height = height,
            Layout = match.Groups["layout"].Value == First ? PictureLayout.ChannelsFirst : PictureLayout.ChannelsLast,
            Range = [0, 1],
            Mean = mean,
            Std = std,
            Input = match.Groups["input"].Value,
            Output = match.Groups["output"].Value,
        };
    }

    /// <summary>The line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Width}x{Height} {(Layout == PictureLayout.ChannelsFirst ? First : Last)}, mean {Numbers(Mean)}, std {Numbers(Deviation)}, ")
        + $"input {Input}, output {Output}";

    // The shortest text that gives the same number again.
    private static string Numbers(IReadOnlyList<float> numbers) => string.Join(' ', numbers.Select(x => x.ToString(CultureInfo.InvariantCulture)));

    private static bool TryNumbers(Match match, string group, out float[] numbers)
    {
        string[] texts = match.Groups[group].Value.Split(' ');
        numbers = new float[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!float.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(
        "^(?<width>[0-9]+)x(?<height>[0-9]+) (?<layout>channelsFirst|channelsLast), mean (?<mean>\\S+ \\S+ \\S+), std (?<std>\\S+ \\S+ \\S+), "
        + "input (?<input>.+), output (?<output>.+)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Line();
}
