using System.Globalization;
using System.Text.Json;

namespace Evoke.Curves.Tests;

public sealed class RateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ARateIsAFiniteNumberAboveZero(double hertz)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Rate(hertz)).Message.ShouldStartWith("A rate must be a finite number of steps per second above 0.");
        Rate.TryCreate(hertz, out Rate rate).ShouldBeFalse();
        rate.ShouldBe(default);
    }

    [Fact]
    public void TheDefaultIsNoRate()
    {
        Rate none = default;
        Should.Throw<InvalidOperationException>(() => none.Hertz).Message.ShouldBe("A rate was expected; found default(Rate), which is none.");
        Should.Throw<InvalidOperationException>(() => JsonSerializer.Serialize(none));
        Should.Throw<ArgumentOutOfRangeException>(() => new TimeGrid(none, 1));
        Should.Throw<InvalidOperationException>(() => TimeGrid.ForDuration(1, none));
        none.ToString().ShouldBe("none");
        none.ShouldNotBe(new Rate(double.Epsilon));
    }

    [Fact]
    public void TheTextIsTheNumberInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo withComma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        withComma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = withComma;
        try
        {
            Rate ntsc = new(30_000 / 1001.0);
            ntsc.ToString().ShouldBe("29.97002997002997");
            $"{ntsc} {ntsc:0.###} {new Rate(6)}".ShouldBe("29.97002997002997 29.97 6");
            ntsc.ToString("0.##", withComma).ShouldBe("29,97");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void InJsonARateIsItsNumber()
    {
        foreach (double hertz in new[] { 6, 1 / 0.96, 30_000 / 1001.0, 1e-5, 1e21 })
        {
            string json = JsonSerializer.Serialize(new Rate(hertz));
            json.ShouldBe(JsonSerializer.Serialize(hertz));
            JsonSerializer.Deserialize<Rate>(json).ShouldBe(new Rate(hertz));
        }

        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Rate>("0")).Message.ShouldContain("expected a rate above 0 Hz, found 0");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Rate>("\"6\""));
    }
}
