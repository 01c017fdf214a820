using System.Globalization;

namespace Evoke.Curves.Tests;

/// <summary>Until disposed, this thread's culture has a decimal comma and a point as thousands separator: 1.5 is written "1,5".</summary>
internal sealed class CommaCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public CommaCulture()
    {
        // Created by hand, since the tests run in invariant-globalization mode, which has no de-DE.
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = comma;
        1.5.ToString(CultureInfo.CurrentCulture).ShouldBe("1,5");
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
