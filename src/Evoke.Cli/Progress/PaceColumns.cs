using Spectre.Console;
using Spectre.Console.Rendering;

namespace Evoke.Cli.Progress;

/// <summary>The rate of a bar. Spectre.Console's own columns use the last seconds only, which is too short for slow work.</summary>
internal sealed class RateColumn : PaceColumn
{
    protected override string Describe(WorkPace pace) => pace.DescribeRate();
}

/// <summary>The time left of a bar.</summary>
internal sealed class TimeLeftColumn : PaceColumn
{
    protected override string Describe(WorkPace pace) => pace.DescribeTimeLeft();
}

/// <summary>Shows a property of the pace of a bar's task.</summary>
internal abstract class PaceColumn : ProgressColumn
{
    private const string Key = "pace";

    protected override bool NoWrap => true;

    /// <summary>Attaches a pace to a task.</summary>
    public static void Attach(ProgressTask task, WorkPace pace) => task.State.Update<Carried>(Key, _ => new Carried(pace));

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Describe(task.State.Get<Carried>(Key).Pace), new Style(Color.Grey));

    /// <summary>The text of the column.</summary>
    protected abstract string Describe(WorkPace pace);

    // A task's state can only hold structs.
    private readonly record struct Carried(WorkPace Pace);
}
