using System.Globalization;
using Evoke.Curves;

namespace Evoke.Cli.Options;

/// <summary>A rate as it is typed and shown in help: "6", "1/0.96".</summary>
/// <param name="Value">The rate.</param>
/// <param name="Text">As it was written.</param>
internal readonly record struct Hertz(Rate Value, string Text)
{
    /// <summary>Reads a number above 0, or a fraction of two.</summary>
    public static bool TryParse(string text, out Hertz rate)
    {
        string[] parts = text.Split('/');
        bool isRate = parts.Length <= 2 & TryNumber(parts[0], out double numerator) & TryNumber(parts.Length == 2 ? parts[1] : "1", out double denominator);
        isRate &= Rate.TryCreate(numerator / denominator, out Rate value);
        rate = new Hertz(value, text);
        return isRate;
    }

    public override string ToString() => Text;

    private static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
