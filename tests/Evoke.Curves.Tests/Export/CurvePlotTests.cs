using CsCheck;
using Evoke.Curves.Export.Text;

namespace Evoke.Curves.Tests.Export;

public sealed class CurvePlotTests
{
    [Fact]
    public void AFewEmotionsAreDrawnTallWithTheirRange()
    {
        IReadOnlyList<PlotLine> lines = CurvePlot.Draw(Ramp(EmotionScheme.Affect, 60, 6), 41);

        lines.Count.ShouldBe(4 + 4 + 1);
        lines[0].Margin.ShouldBe("arousal  1.000 ┤");
        lines[3].Margin.ShouldBe("         0.000 ┤");
        // A rise from corner to corner, without gaps.
        lines.Take(4).Select(line => line.Drawing).ShouldBe(
        [
            "⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣠⠤⠖⠒⠋",
            "⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⡤⠴⠒⠚⠉⠁⠀⠀⠀⠀⠀",
            "⠀⠀⠀⠀⠀⢀⣀⣠⠤⠖⠚⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀",
            "⣠⠤⠴⠒⠋⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀",
        ]);
        lines[^1].Drawing.ShouldStartWith("0:00");
    }

    [Fact]
    public void ManyEmotionsAreOneLineEach()
    {
        IReadOnlyList<PlotLine> lines = CurvePlot.Draw(Ramp(EmotionScheme.Eev, 60, 6), 80);

        lines.Count.ShouldBe(15 + 1);
        lines[0].Drawing.ShouldStartWith("▁");
        lines[0].Drawing.ShouldEndWith("█");
        lines.ShouldAllBe(line => line.ToString().Length <= 80);
    }

    [Fact]
    public void AnyCurveOfAnyLengthFitsTheWidth() =>
        Gen.Select(Gen.Int[1, 2000], Gen.Int[40, 200], Gen.Float[-1, 1].Array[1, 50], Gen.Int[1, 8]).Sample((steps, width, values, emotions) =>
        {
            EmotionScheme scheme = new(Enumerable.Range(0, emotions).Select(i => $"feeling {i}"));
            float[] all = [.. Enumerable.Range(0, steps * emotions).Select(i => i % 7 == 3 && steps % 5 == 0 ? float.NaN : values[i % values.Length])];

            IReadOnlyList<PlotLine> lines = CurvePlot.Draw(new EmotionCurves(scheme, new TimeGrid(new Rate(6), steps), all), width);

            lines.ShouldAllBe(line => line.ToString().Length <= width);
        });

    private static EmotionCurves Ramp(EmotionScheme scheme, double seconds, double rate)
    {
        TimeGrid grid = TimeGrid.ForDuration(seconds, new Rate(rate));
        float[] values = new float[grid.Count * scheme.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(i / scheme.Count) / (grid.Count - 1);
        }

        return new EmotionCurves(scheme, grid, values);
    }
}
