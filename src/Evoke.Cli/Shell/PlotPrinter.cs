using Evoke.Curves;
using Evoke.Curves.Export.Text;
using Evoke.Files.Text;

namespace Evoke.Cli.Shell;

/// <summary>Prints a <see cref="CurvePlot"/>, in colour on a terminal, unless NO_COLOR is set (https://no-color.org).</summary>
internal static class PlotPrinter
{
    private const int WidestUseful = 120;
    private const string Reset = "\u001b[0m";

    public static void Print(Terminal terminal, EmotionCurves curves)
    {
        bool coloured = terminal.OutIsInteractive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        foreach (PlotLine line in CurvePlot.Draw(curves, Math.Min(terminal.Width, WidestUseful)))
        {
            if (coloured && line.Emotion >= 0)
            {
                terminal.OutDrawing.WriteLine(
                    $"{ShownText.Escape(line.Margin)}{ColourOf(curves.Scheme.Names[line.Emotion])}{ShownText.Escape(line.Drawing)}{Reset}");
            }
            else
            {
                terminal.Out.WriteLine(line.ToString());
            }
        }
    }

    // The terminal's own colours suit its background.
    private static string ColourOf(string emotion) => EmotionGroups.Of(emotion) switch
    {
        EmotionGroup.Pleasant => "\u001b[33m",
        EmotionGroup.Unpleasant => "\u001b[35m",
        EmotionGroup.Engaged => "\u001b[36m",
        _ => "\u001b[32m",
    };
}
