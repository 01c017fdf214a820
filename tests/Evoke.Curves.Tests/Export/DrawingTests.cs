using Evoke.Curves.Export.Text;

namespace Evoke.Curves.Tests.Export;

/// <summary>Drawings of curves as text, dot by dot.</summary>
public sealed class DrawingTests
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>The bits of the dots are those of Unicode: 1 2 3 7 down the left, 4 5 6 8 down the right.</summary>
    [Theory]
    [InlineData(0, 3, 0x01)]
    [InlineData(0, 2, 0x02)]
    [InlineData(0, 1, 0x04)]
    [InlineData(0, 0, 0x40)]
    [InlineData(1, 3, 0x08)]
    [InlineData(1, 2, 0x10)]
    [InlineData(1, 1, 0x20)]
    [InlineData(1, 0, 0x80)]
    public void EachDotIsABit(int x, int y, int bit)
    {
        BrailleCanvas canvas = new(columns: 3, rows: 2);
        (canvas.Width, canvas.Height).ShouldBe((6, 8));
        canvas.Rise(x + 2, y, y);
        canvas.Row(0).ShouldBe("⠀⠀⠀");
        canvas.Row(1).ShouldBe($"⠀{(char)(0x2800 + bit)}⠀");
    }

    [Fact]
    public void ARiseFillsItsColumnInEitherDirection()
    {
        BrailleCanvas up = new(1, 2);
        up.Rise(0, 2, 5);
        BrailleCanvas down = new(1, 2);
        down.Rise(0, 5, 2);
        (up.Row(0), up.Row(1)).ShouldBe(("⡄", "⠃")); // dots 3 and 7 above, 1 and 2 below
        (down.Row(0), down.Row(1)).ShouldBe((up.Row(0), up.Row(1)));
        up.Rise(1, 2, 2);
        up.Row(1).ShouldBe("⠓"); // and dot 5
        down.Rise(0, 2, 5);
        (down.Row(0), down.Row(1)).ShouldBe(("⡄", "⠃"), "what is drawn stays");
    }

    [Fact]
    public void EachColumnOfAFlatDrawingShowsItsHighestValue()
    {
        // Five emotions are drawn flat; 17 steps on 16 columns are one interval per column.
        float[] ramp = [.. Enumerable.Range(0, 17).Select(i => i / 16f)];
        float[] fall = [.. ramp.Reverse()];
        IReadOnlyList<PlotLine> lines = Draw(16, ("a", ramp), ("b", fall), ("c", new float[17]), ("d", ramp), ("long", ramp));
        lines.Count.ShouldBe(6);
        lines[0].Drawing.ShouldBe(string.Concat(Enumerable.Range(0, 16).Select(x => Blocks[(int)Math.Round((x + 1) / 16.0 * 7)])));
        lines[1].Drawing.ShouldBe(string.Concat(Enumerable.Range(0, 16).Select(x => Blocks[(int)Math.Round((16 - x) / 16.0 * 7)])));
        lines[2].Drawing.ShouldBe("▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁", "a constant curve is drawn at the bottom");
        lines.Select(line => line.Margin).ShouldBe(
            ["a     1.000 ┤", "b     1.000 ┤", "c     0.000 ┤", "d     1.000 ┤", "long  1.000 ┤", "             "]);
        lines.Select(line => line.Emotion).ShouldBe([0, 1, 2, 3, 4, -1]);
        lines[0].ToString().ShouldBe(lines[0].Margin + lines[0].Drawing);
    }

    [Fact]
    public void WhatIsNotFiniteLeavesAGap()
    {
        float[] curve = [.. Enumerable.Range(0, 17).Select(i => i == 8 ? float.NaN : i == 3 ? float.PositiveInfinity : 1f)];
        curve[0] = 0;
        string drawing = Draw(16, ("a", curve), ("b", curve), ("c", curve), ("d", curve), ("e", curve))[0].Drawing;
        drawing.ShouldBe("██  ███  ███████");
        float[] nothing = [.. Enumerable.Repeat(float.NaN, 17)];
        Draw(16, [.. "abcde".Select(c => (c.ToString(), nothing))])[0].ToString().ShouldBe("a  0.000 ┤" + new string(' ', 16));
    }

    [Fact]
    public void FewerStepsThanColumnsAreInterpolated()
    {
        string drawing = Draw(16, [.. "abcde".Select(c => (c.ToString(), new float[] { 0, 1 }))])[0].Drawing;
        drawing.ShouldBe(string.Concat(Enumerable.Range(0, 16).Select(x => Blocks[(int)Math.Round((x + 1) / 16.0 * 7)])));
    }

    [Fact]
    public void ATallDrawingHasFourRowsAndItsRange()
    {
        IReadOnlyList<PlotLine> lines = Draw(16, ("joy", [-1, -1]), ("fear", [0.25f, 2]));
        lines.Count.ShouldBe(9);
        lines.Select(line => line.Margin).ShouldBe(
        [
            "joy  -1.000 ┤", "            │", "            │", "     -1.000 ┤",
            "fear  2.000 ┤", "            │", "            │", "      0.250 ┤", "             ",
        ]);
        lines.Take(4).Select(line => line.Drawing).ShouldBe([Repeat('⠀', 16), Repeat('⠀', 16), Repeat('⠀', 16), Repeat('⣀', 16)]);
        lines.Select(line => line.Emotion).ShouldBe([0, 0, 0, 0, 1, 1, 1, 1, -1]);
    }

    [Fact]
    public void AStepIsDrawnWithoutAGap()
    {
        // 33 steps on 32 columns of dots: the jump lies within column 15, which rises from bottom to top.
        float[] curve = [.. Enumerable.Range(0, 33).Select(i => i < 16 ? 0f : 1f)];
        IReadOnlyList<PlotLine> lines = Draw(16, ("a", curve));
        lines[0].Drawing.ShouldBe(Repeat('⠀', 7) + '⢸' + Repeat('⠉', 8));
        lines[1].Drawing.ShouldBe(Repeat('⠀', 7) + '⢸' + Repeat('⠀', 8));
        lines[3].Drawing.ShouldBe(Repeat('⣀', 7) + '⣸' + Repeat('⠀', 8));
    }

    [Fact]
    public void ALineStartsAtItsFirstValue()
    {
        // 33 steps on 32 columns of dots, each with an interval: falling from the top, the first two columns are within the upper row.
        float[] fall = [.. Enumerable.Range(0, 33).Select(i => 1 - (i / 32f))];
        IReadOnlyList<PlotLine> lines = Draw(16, ("a", fall));
        lines[0].Drawing[0].ShouldBe('⠙'); // 15, then 15 to 14 of 15
        lines.Skip(1).Take(3).ShouldAllBe(line => line.Drawing[0] == '⠀');
    }

    [Fact]
    public void FourEmotionsAreDrawnTallAndFiveAreNot()
    {
        Draw(16, [.. "abcd".Select(c => (c.ToString(), new float[] { 0, 1 }))]).Count.ShouldBe((4 * 4) + 1);
        Draw(16, [.. "abcde".Select(c => (c.ToString(), new float[] { 0, 1 }))]).Count.ShouldBe(5 + 1);
    }

    [Fact]
    public void ASpikeWithinAColumnIsSeen()
    {
        // 161 steps on 16 columns: ten intervals each.
        float[] spike = [.. Enumerable.Range(0, 161).Select(i => i == 45 ? 1f : 0f)];
        Draw(16, [.. "abcde".Select(c => (c.ToString(), spike))])[0].Drawing.ShouldBe("▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁");
    }

    [Fact]
    public void TheAxisIsInSecondsWhateverTheRate() =>
        Draw(20, hertz: 2, ("a", new float[120]))[^1].Drawing.ShouldBe("0:00      0:30");

    [Fact]
    public void AGapInATallDrawingStartsItsLineAnew()
    {
        float[] curve = [.. Enumerable.Range(0, 33).Select(i => i < 16 ? 0f : i == 16 ? float.NaN : 1f)];
        IReadOnlyList<PlotLine> lines = Draw(16, ("a", curve));
        lines[0].Drawing.ShouldBe(Repeat('⠀', 8) + '⠈' + Repeat('⠉', 7));
        lines[1].Drawing.ShouldBe(Repeat('⠀', 16), "nothing joins both sides of the gap");
        lines[3].Drawing.ShouldBe(Repeat('⣀', 7) + '⡀' + Repeat('⠀', 8));
    }

    [Theory]
    [InlineData(60, 50, "0:00        0:15         0:30        0:45")] // at most five marks: every 10 s would be six
    [InlineData(60, 20, "0:00      0:30")]
    [InlineData(60, 16, "0:00")]
    [InlineData(3, 30, "0:00      0:01      0:02")]
    [InlineData(7200, 40, "0:00      30:00     1:00:00   1:30:00")]
    [InlineData(100_000, 20, "0:00      14:00:00")] // half of 27.8 hours, rounded up to whole hours
    [InlineData(37, 20, "0:00            0:30")] // it just fits
    [InlineData(31, 20, "0:00")] // the label of 0:30 does not
    public void TheAxisHasMarksAtRoundTimes(int seconds, int columns, string axis) =>
        Draw(columns, hertz: 1, ("a", new float[seconds]))[^1].Drawing.ShouldBe(axis);

    [Fact]
    public void ADrawingIsAtLeastSixteenColumnsWide()
    {
        CurvePlot.Draw(Made.Joy(1, 1, 2), width: 1)[0].Drawing.Length.ShouldBe(16);
        CurvePlot.Draw(Made.Joy(1, 1, 2))[0].ToString().Length.ShouldBe(80);
    }

    [Fact]
    public void NothingToDrawIsAnError()
    {
        Should.Throw<ArgumentException>(() => CurvePlot.Draw(Made.Joy(1))).Message.ShouldStartWith("A drawing needs at least one step; found none.");
        Should.Throw<ArgumentNullException>(() => CurvePlot.Draw(null!)).ParamName.ShouldBe("curves");
    }

    private static string Repeat(char c, int count) => new(c, count);

    private static IReadOnlyList<PlotLine> Draw(int columns, params (string Emotion, float[] Values)[] curves) => Draw(columns, 1, curves);

    private static IReadOnlyList<PlotLine> Draw(int columns, double hertz, params (string Emotion, float[] Values)[] curves)
    {
        int margin = curves.Max(curve => curve.Emotion.Length) + " -0.000 ┤".Length;
        return CurvePlot.Draw(Made.Curves(hertz, curves), margin + columns);
    }
}
