using System.Globalization;

namespace Evoke.Curves.Tests;

/// <summary>A machine where 1.5 is written "1,5": while it lives, this thread's culture has a decimal comma and points between thousands.</summary>
internal sealed class CommaCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public CommaCulture()
    {
        // Made by hand, since the tests run in invariant-globalization mode, which has no de-DE.
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = comma;
        1.5.ToString(CultureInfo.CurrentCulture).ShouldBe("1,5");
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
