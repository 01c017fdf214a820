using Evoke.Studio.Predictions;

namespace Evoke.Studio.Tests;

public sealed class PlotPictureTests
{
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
