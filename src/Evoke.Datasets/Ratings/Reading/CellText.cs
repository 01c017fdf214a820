using System.Globalization;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Numbers and times as people's tables have them.</summary>
internal static class CellText
{
    private const double MinutesInHour = 60, SecondsInMinute = 60;

    /// <summary>True for a cell without a value: blank, NaN, n/a, NA, null, a dash.</summary>
    public static bool IsMissing(string text) => text.Length switch
    {
        0 => true,
        1 => text is "-" or "." or "–",
        <= 4 => text.ToLowerInvariant() is "nan" or "n/a" or "na" or "null" or "none" or "#n/a",
        _ => false,
    };

    /// <summary>Reads a finite number with a decimal point, or with a decimal comma.</summary>
    public static bool TryNumber(string text, out double number)
    {
        number = 0;
        if (HasNul(text))
        {
            return false;
        }

        string plain = text.Contains(',', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal) ? text.Replace(',', '.') : text;
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="unit">How times are written.</param>
    /// <param name="seconds">The time in seconds.</param>
    public static bool TryTime(string text, TimeUnit unit, out double seconds)
    {
        if (unit == TimeUnit.Clock)
        {
            seconds = 0;
            return !HasNul(text) && TryClock(text, out seconds);
        }

        bool isNumber = TryNumber(text, out double number);
        seconds = number * SecondsIn(unit);
        return isNumber;
    }

    /// <summary>Seconds in one unit; 1 for a clock.</summary>
    public static double SecondsIn(TimeUnit unit) => unit switch
    {
        TimeUnit.Milliseconds => 1e-3,
        TimeUnit.Microseconds => 1e-6,
        _ => 1,
    };

    /// <summary>A unit as options and messages name it.</summary>
    public static string NameOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Milliseconds => "ms",
        TimeUnit.Microseconds => "us",
        TimeUnit.Clock => "clock",
        _ => "s",
    };

    /// <summary>The unit of such a name; null if there is none.</summary>
    public static TimeUnit? UnitOf(string name) => name switch
    {
        "s" => TimeUnit.Seconds,
        "ms" => TimeUnit.Milliseconds,
        "us" or "µs" => TimeUnit.Microseconds,
        "clock" => TimeUnit.Clock,
        _ => null,
    };

    // .NET takes a number that ends in NUL characters.
    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    // hh:mm:ss.fff, or mm:ss.fff.
    private static bool TryClock(string text, out double seconds)
    {
        seconds = 0;
        string[] parts = text.Split(':');
        if (parts.Length is not (2 or 3))
        {
            return false;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            bool isNumber = isLast
                ? TryNumber(parts[i], out double number)
                : double.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out number);
            double limit = i == 0 ? double.PositiveInfinity : isLast ? SecondsInMinute : MinutesInHour;
            if (!isNumber || !(number >= 0 && number < limit) || parts[i][0] is '-' or '+') // .NET reads "NaN", too.
            {
                return false;
            }

            seconds = (seconds * (isLast ? SecondsInMinute : MinutesInHour)) + number;
        }

        return true;
    }
}
