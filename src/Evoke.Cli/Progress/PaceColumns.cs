using Spectre.Console;
using Spectre.Console.Rendering;

namespace Evoke.Cli.Progress;

/// <summary>How fast a bar moves. Spectre.Console's own columns look at the last seconds only, which say nothing of slow work.</summary>
internal sealed class RateColumn : PaceColumn
{
    protected override string Describe(WorkPace pace) => pace.DescribeRate();
}

/// <summary>How long a bar has to go.</summary>
internal sealed class TimeLeftColumn : PaceColumn
{
    protected override string Describe(WorkPace pace) => pace.DescribeTimeLeft();
}

/// <summary>Says something of the pace that a bar's task carries.</summary>
internal abstract class PaceColumn : ProgressColumn
{
    private const string Key = "pace";

    protected override bool NoWrap => true;

    /// <summary>Gives a task its pace.</summary>
    public static void Attach(ProgressTask task, WorkPace pace) => task.State.Update<Carried>(Key, _ => new Carried(pace));

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Describe(task.State.Get<Carried>(Key).Pace), new Style(Color.Grey));

    /// <summary>What is said.</summary>
    protected abstract string Describe(WorkPace pace);

    // A task's state holds structs only.
    private readonly record struct Carried(WorkPace Pace);
}
