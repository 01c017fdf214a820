using Spectre.Console;

namespace Evoke.Cli.Progress;

/// <summary>Moving bars on a terminal.</summary>
internal sealed class BarProgressBoard(ProgressContext context) : IProgressBoard
{
    public IProgressLine Start(string label, string unit, double? total = null)
    {
        ProgressTask task = context.AddTask(Markup.Escape(label), autoStart: true, maxValue: total ?? 100);
        task.IsIndeterminate = total is null;
        RateColumn.SetUnit(task, unit);
        return new Line(task);
    }

    private sealed class Line(ProgressTask task) : IProgressLine
    {
        public void Report(double done, double? total = null, string? label = null)
        {
            if (label is not null)
            {
                task.Description = Markup.Escape(label);
            }

            if (total is > 0 and var known)
            {
                task.IsIndeterminate = false;
                task.MaxValue = known;
            }

            task.Value = done;
        }

        public void Dispose() => task.StopTask();
    }
}
