using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Evoke.Cli.Progress;

/// <summary>"3.1 s/s": how fast a bar moves, in the unit that its task carries.</summary>
internal sealed class RateColumn : ProgressColumn
{
    private const string UnitKey = "unit";

    /// <summary>Says what a task counts.</summary>
    public static void SetUnit(ProgressTask task, string unit) => task.State.Update<Unit>(UnitKey, _ => new Unit(unit));

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        task.IsIndeterminate || task.Speed is not { } speed
            ? Text.Empty
            : new Text(string.Create(CultureInfo.InvariantCulture, $"{speed:0.0} {task.State.Get<Unit>(UnitKey).Name}/s"), new Style(Color.Grey));

    // A task's state holds structs only.
    private readonly record struct Unit(string Name);
}
