using Evoke.Pages.Drawing;

namespace Evoke.Pages.Tests.Drawing;

public sealed class SvgLineTests
{
    [Fact]
    public void AValueThatIsNoneBreaksALine() =>
        SvgLine.Of([0, 1, float.NaN, 1, 0], 0, 1, 40, 10).ShouldBe("M0 10L10 0M30 0L40 10");

    [Fact]
    public void WhatLiesUnderALineEndsWhereTheLineIsBroken() =>
        SvgLine.Under([0, 1, float.NaN, 1, 0], 0, 1, 40, 10).ShouldBe("M0 10L10 0V10H0ZM30 0L40 10V10H30Z");

    [Fact]
    public void AConstantLiesAtTheBottom() => SvgLine.Of([3, 3], 3, 3, 10, 10).ShouldBe("M0 10L10 10");
}
