using Spectre.Console;
using Spectre.Console.Rendering;

namespace Evoke.Cli.Progress;

/// <summary>A line printed in place of the bars, which are redrawn below it. The rest of the bars is erased first.</summary>
internal sealed class LineAboveBars(string text) : Renderable
{
    private const string EraseToEndOfScreen = "\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseToEndOfScreen), .. ((IRenderable)new Text(text)).Render(options, maxWidth), Segment.LineBreak];
}
