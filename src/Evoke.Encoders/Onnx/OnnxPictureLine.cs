using System.Globalization;
using System.Text.RegularExpressions;

namespace Evoke.Encoders.Onnx;

/// <summary>The line of a network of single pictures: "224x224 channelsFirst, mean 0.5 0.5 0.5, std 0.5 0.5 0.5, input x, output y".</summary>
internal static partial class OnnxPictureLine
{
    private const string First = "channelsFirst", Last = "channelsLast";

    /// <summary>The description that a line stands for; null if it is not such a line.</summary>
    public static OnnxDescription? Parse(string? line)
    {
        if (line is null || Line().Match(line) is not { Success: true } match || !TryNumbers(match, "mean", out float[] mean)
            || !TryNumbers(match, "std", out float[] std)
            || !int.TryParse(match.Groups["width"].Value, CultureInfo.InvariantCulture, out int width)
            || !int.TryParse(match.Groups["height"].Value, CultureInfo.InvariantCulture, out int height))
        {
            return null;
        }

        return new OnnxDescription
        {
            Kind = OnnxKind.Pictures,
            Axes = match.Groups["layout"].Value == First ? OnnxPictureInput.ColoursFirst : OnnxPictureInput.ColoursLast,
            Width = width,
            Height = height,
            Range = [0, 1],
            Mean = mean,
            Std = std,
            Input = match.Groups["input"].Value,
            Output = match.Groups["output"].Value,
        };
    }

    /// <summary>The line of a description in which nothing is left open; null if it says more than the line can.</summary>
    public static string? TryWrite(OnnxDescription resolved)
    {
        if (resolved is not { Kind: OnnxKind.Pictures, ShortSide: null, Constants: null, Pooling: null, L2: null })
        {
            return null;
        }

        string layout = resolved.Axes == OnnxPictureInput.ColoursFirst ? First : Last;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{resolved.Width}x{resolved.Height} {layout}, mean {Numbers(resolved.Mean!)}, std {Numbers(resolved.Std!)}, ")
            + $"input {resolved.Input}, output {resolved.Output}";
    }

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
