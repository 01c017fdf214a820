using Evoke.Studio.Predictions;

namespace Evoke.Studio.Tests;

public sealed class PlotPictureTests
{
    [Theory]
    [InlineData(0.003f, 0.004f, "0.0030 – 0.0040")]
    [InlineData(0.2f, 0.9f, "0.20 – 0.90")]
    [InlineData(-1f, 1f, "-1.00 – 1.00")]
    [InlineData(0.5f, 0.50002f, "0.500000 – 0.500020")]
    [InlineData(0.003f, 0.003f, "0.0030 – 0.0030")]
    [InlineData(0f, 0f, "0.00 – 0.00")]
    public void ARangeHasTheDecimalsThatTellItsEndsApart(float low, float high, string text) => RangeText.Of(low, high).ShouldBe(text);

    [Fact]
    public void EachColumnOfPixelsHasTheExtremesOfItsValuesAndTouchesTheNext()
    {
        const int columns = 20;
        float[] values = [.. Enumerable.Range(0, 5001).Select(row => MathF.Sin(row * 0.37f) + (row == 3210 ? 5 : 0))];

        (float Low, float High)[] extremes = PlotPicture.Extremes(values, columns);

        extremes.Length.ShouldBe(columns);
        for (int column = 0; column < columns; column++)
        {
            float[] own = values[(column * 250)..((column * 250) + 251)];
            extremes[column].ShouldBe((own.Min(), own.Max()));
        }
    }
}
