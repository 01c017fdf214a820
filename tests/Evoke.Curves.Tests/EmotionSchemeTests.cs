namespace Evoke.Curves.Tests;

public sealed class EmotionSchemeTests
{
    private static readonly EmotionScheme s_scheme = new(["Valence", "arousal"], [new CurveRange(-1, 1), new CurveRange(1, 9, "SAM points")]);

    [Fact]
    public void NamesMatchInAnyCase()
    {
        s_scheme.IndexOf("valence").ShouldBe(0);
        s_scheme.IndexOf("AROUSAL").ShouldBe(1);
        s_scheme.ShouldBe(new EmotionScheme(["valence", "Arousal"], s_scheme.Ranges));
        s_scheme.GetHashCode().ShouldBe(new EmotionScheme(["valence", "Arousal"], s_scheme.Ranges).GetHashCode());
        Should.Throw<ArgumentException>(() => new EmotionScheme(["joy", "Joy"])).Message.ShouldContain("'Joy' appears twice");
    }

    [Fact]
    public void ARangeIsPartOfACurve()
    {
        s_scheme.ShouldNotBe(new EmotionScheme(["Valence", "arousal"]));
        s_scheme.ToString().ShouldBe("Valence from -1 to 1, arousal from 1 to 9 (SAM points)");
        s_scheme.FollowsFromNames.ShouldBeFalse();
        EmotionScheme.Eev.FollowsFromNames.ShouldBeTrue();
        EmotionScheme.Eev.Ranges.ShouldAllBe(range => range == CurveRange.ZeroToOne);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(double.NaN, 1)]
    public void ARangeMustHaveAWidth(double low, double high) =>
        Should.Throw<ArgumentException>(() => new EmotionScheme(["joy"], [new CurveRange(low, high)])).Message
            .ShouldContain("'joy': a range must go from a lower");

    [Fact]
    public void ARowOfZerosIsAGapOnlyWhereTheSchemeSaysSo()
    {
        EmotionScheme.Eev.ZeroRowsAreMissing.ShouldBeTrue();
        new EmotionScheme(EmotionScheme.Eev.Names.Reverse().Select(name => name.ToUpperInvariant())).ZeroRowsAreMissing.ShouldBeTrue();
        new EmotionScheme(EmotionScheme.Eev.Names.Take(14)).ZeroRowsAreMissing.ShouldBeFalse();
        EmotionScheme.Eev.IsGap(new float[15]).ShouldBeTrue();

        s_scheme.IsGap([0, 0]).ShouldBeFalse();
        s_scheme.IsGap([float.NaN, 0]).ShouldBeFalse();
        s_scheme.IsGap([float.NaN, float.NaN]).ShouldBeTrue();
        new EmotionScheme(["a", "b"], zeroRowsAreMissing: true).IsGap([float.NaN, 0]).ShouldBeTrue();
        new EmotionScheme(["a", "b"], zeroRowsAreMissing: true).ToString().ShouldBe("a, b; rows of zeros are missing");
    }

    [Fact]
    public void SharesAreFromZeroToOneWhateverTheRange()
    {
        float[] rows = [-1, 1, 0, 5, 1, 9, float.NaN, 3];
        s_scheme.ToShares(rows);
        rows.ShouldBe([0, 0, 0.5f, 0.5f, 1, 1, float.NaN, 0.25f]);
        s_scheme.FromShares(rows);
        rows.ShouldBe([-1, 1, 0, 5, 1, 9, float.NaN, 3]);
        float[] beyond = [-0.5f, 1.5f];
        s_scheme.FromShares(beyond);
        beyond.ShouldBe([-1, 9]);
    }

    [Fact]
    public void ZeroToOneIsKeptBitForBit()
    {
        float[] values = [0.1f, 1 / 3f, 1e-20f, 0.99999994f];
        float[] mapped = [.. values];
        new EmotionScheme(["joy"]).ToShares(mapped);
        new EmotionScheme(["joy"]).FromShares(mapped);
        mapped.ShouldBe(values);
    }

    [Fact]
    public void CurvesAreFoundByNameAndConvertedBetweenRanges()
    {
        EmotionCurves curves = new(s_scheme, new TimeGrid(new Rate(1), 2), [-1, 1, 0.5f, float.NaN]);
        EmotionScheme other = new(["Arousal", "valence"], [CurveRange.ZeroToOne, new CurveRange(-100, 100)]);
        curves.As(other).Values.ToArray().ShouldBe([0, -100, float.NaN, 50]);
        curves.As(new EmotionScheme(["arousal"], [new CurveRange(1, 9)])).Values.ToArray().ShouldBe([1, float.NaN]);
        curves.As(s_scheme).ShouldBeSameAs(curves);
        Should.Throw<ArgumentException>(() => curves.As(new EmotionScheme(["joy"]))).Message.ShouldContain("There is no 'joy' among Valence from -1 to 1");
    }

    [Theory]
    [InlineData(0, 2, new float[] { 0.5f, 0.5f })]
    [InlineData(-1, 1, new float[] { -0.5f, 0.5f })]
    [InlineData(0, 1, new float[] { 0.25f, 0.5f })]
    public void ACurveIsConvertedIfEitherEndOfItsRangeDiffers(double low, double high, float[] expected)
    {
        EmotionCurves curves = new(new EmotionScheme(["joy", "fear"]), new TimeGrid(new Rate(1), 1), [0.25f, 0.5f]);
        EmotionScheme other = new(["joy", "fear"], [new CurveRange(low, high), CurveRange.ZeroToOne], zeroRowsAreMissing: true);
        curves.As(other).Values.ToArray().ShouldBe(expected);
        Should.Throw<ArgumentNullException>(() => curves.As(null!)).ParamName.ShouldBe("scheme");
    }

    [Fact]
    public void ARangeIsZeroToOneByItsEnds()
    {
        new CurveRange(0, 1, "share").IsZeroToOne.ShouldBeTrue();
        new CurveRange(0, 2).IsZeroToOne.ShouldBeFalse();
        new CurveRange(-1, 1).IsZeroToOne.ShouldBeFalse();
    }

    [Fact]
    public void TheSameNamesAreTheSameInAnyOrder()
    {
        EmotionScheme two = new(["joy", "fear"]);
        two.HasSameNames(new EmotionScheme(["Fear", "joy"], [new CurveRange(0, 9), new CurveRange(0, 9)])).ShouldBeTrue();
        two.HasSameNames(new EmotionScheme(["joy", "awe"])).ShouldBeFalse();
        two.HasSameNames(new EmotionScheme(["joy"])).ShouldBeFalse();
        two.HasSameNames(new EmotionScheme(["joy", "fear", "awe"])).ShouldBeFalse();
        new EmotionScheme(["awe"]).HasSameNames(two).ShouldBeFalse();
        Should.Throw<ArgumentNullException>(() => two.HasSameNames(null!)).ParamName.ShouldBe("other");
        Should.Throw<ArgumentNullException>(() => two.HasSameCurves(null!)).ParamName.ShouldBe("other");
        Should.Throw<ArgumentNullException>(() => two.Select(null!)).ParamName.ShouldBe("names");
        Should.Throw<ArgumentException>(() => two.Select(["awe", "joy", "pain"])).Message.ShouldStartWith("There is no 'awe' and no 'pain' among joy, fear.");
    }

    [Fact]
    public void RowsOfZerosAreMissingWhereTheNamesAreThoseOfEev()
    {
        string[] eev = [.. EmotionScheme.Eev.Names];
        new EmotionScheme(eev.Reverse()).ZeroRowsAreMissing.ShouldBeTrue();
        new EmotionScheme([.. eev, "calm"]).ZeroRowsAreMissing.ShouldBeFalse();
        new EmotionScheme([.. eev.Skip(1), "calm"]).ZeroRowsAreMissing.ShouldBeFalse();
        new EmotionScheme(Enumerable.Range(0, 15).Select(i => $"feeling {i}")).ZeroRowsAreMissing.ShouldBeFalse();
        new EmotionScheme(eev, zeroRowsAreMissing: false).ToString().ShouldEndWith("triumph; rows of zeros are labels");
        new EmotionScheme(["joy"], zeroRowsAreMissing: true).ToString().ShouldBe("joy; rows of zeros are missing");
    }

    [Fact]
    public void ThereIsAValidRangeForEachName()
    {
        ArgumentException error = Should.Throw<ArgumentException>(() => new EmotionScheme(["joy", "fear"], [CurveRange.ZeroToOne]));
        error.ParamName.ShouldBe("ranges");
        error.Message.ShouldStartWith("A scheme of 2 curves needs as many ranges; found 1.");
        Should.Throw<ArgumentException>(() => new EmotionScheme(["joy"], [new CurveRange(1, 0)])).ParamName.ShouldBe("ranges");
    }
}
