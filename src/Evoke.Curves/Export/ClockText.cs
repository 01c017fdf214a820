using System.Globalization;

namespace Evoke.Curves.Export;

/// <summary>Times as WebVTT and ELAN write them.</summary>
internal static class ClockText
{
    /// <summary>HH:MM:SS.mmm; more than two digits of hours from 100 hours on.</summary>
    /// <param name="milliseconds">0 or more.</param>
    public static string Of(long milliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");
}
