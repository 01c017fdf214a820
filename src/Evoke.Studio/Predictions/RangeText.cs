using System.Globalization;

namespace Evoke.Studio.Predictions;

/// <summary>A range of values in words, as <c>rangeText</c> of number.js writes it.</summary>
internal static class RangeText
{
    private const int Least = 2;
    private const int Most = 6;
    private const double Rounding = 1e-6; // 0.004 - 0.003 in single precision is a little less than 0.001.

    /// <summary>Both ends, with the decimals that tell them apart; of a single value, with those that show two digits of it.</summary>
    public static string Of(float low, float high)
    {
        int decimals = high > low ? (int)Math.Ceiling(-Math.Log10(high - low) - Rounding) + 1
            : low != 0 ? 1 - (int)Math.Floor(Math.Log10(Math.Abs(low)))
            : Least;
        string format = string.Create(CultureInfo.InvariantCulture, $"F{Math.Clamp(decimals, Least, Most)}");
        return $"{low.ToString(format, CultureInfo.InvariantCulture)} – {high.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
