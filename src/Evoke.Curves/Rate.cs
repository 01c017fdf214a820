using System.Globalization;
using System.Text.Json.Serialization;

namespace Evoke.Curves;

/// <summary>Steps per second of curves, features, labels and grids, in Hz: finite and above 0. Frame rates of video and sample rates of sound are other
/// things.</summary>
/// <remarks>Rates are equal if their numbers are the same bit for bit. <c>default</c> is no rate: reading its <see cref="Hertz"/> throws. In JSON a rate is
/// its number. Immutable and thread-safe.</remarks>
[JsonConverter(typeof(RateJsonConverter))]
public readonly record struct Rate : IFormattable
{
    private readonly double _hertz; // 0 only in default(Rate)

    /// <summary>Creates a rate.</summary>
    /// <param name="hertz">Steps per second (Hz), finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite and positive.</exception>
    public Rate(double hertz)
    {
        if (!IsRate(hertz))
        {
            throw new ArgumentOutOfRangeException(nameof(hertz), hertz, "A rate must be a finite number of steps per second above 0.");
        }

        _hertz = hertz;
    }

    /// <summary>Steps per second, in Hz: 1 for features, 6 for EEV's labels, 1/0.96 for VGGish with steps of one window.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Rate)</c>.</exception>
    public double Hertz => _hertz > 0 ? _hertz : throw new InvalidOperationException("A rate was expected; found default(Rate), which is none.");

    /// <summary>Creates a rate from a number that may not be one, such as a number in a file.</summary>
    /// <param name="hertz">Any number.</param>
    /// <param name="rate">The rate.</param>
    /// <returns>False if the number is not finite and above 0.</returns>
    public static bool TryCreate(double hertz, out Rate rate)
    {
        bool isRate = IsRate(hertz);
        rate = isRate ? new Rate(hertz) : default;
        return isRate;
    }

    /// <summary>The number without unit, in the invariant culture: "6", "29.97". "none" for <c>default(Rate)</c>.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The number without unit, in a numeric format; "none" for <c>default(Rate)</c>.</summary>
    /// <param name="format">A format of numbers: "0.###"; null for the shortest text that reads back as the same number.</param>
    /// <param name="formatProvider">The culture; null for the invariant one.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        _hertz > 0 ? _hertz.ToString(format, formatProvider ?? CultureInfo.InvariantCulture) : "none";

    private static bool IsRate(double hertz) => double.IsFinite(hertz) && hertz > 0;
}
