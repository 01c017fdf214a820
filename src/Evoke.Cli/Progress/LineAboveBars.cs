using Spectre.Console;
using Spectre.Console.Rendering;

namespace Evoke.Cli.Progress;

/// <summary>A line that takes the place of the bars, which are drawn again below it. What it does not cover of them is erased first.</summary>
internal sealed class LineAboveBars(string text) : Renderable
{
    private const string EraseToEndOfScreen = "\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseToEndOfScreen), .. ((IRenderable)new Text(text)).Render(options, maxWidth), Segment.LineBreak];
}
