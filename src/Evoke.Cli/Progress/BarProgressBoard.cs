using Evoke.Files.Text;
using Spectre.Console;

namespace Evoke.Cli.Progress;

/// <summary>Moving bars on a terminal.</summary>
internal sealed class BarProgressBoard(ProgressContext context, TimeProvider clock) : IProgressBoard
{
    private const double UnknownTotal = 100;

    public IProgressLine Start(string label, string unit, double? total = null)
    {
        ProgressTask task = context.AddTask(Markup.Escape(ShownText.OneLine(label)), autoStart: false, maxValue: total ?? UnknownTotal);
        task.IsIndeterminate = total is null;
        WorkPace pace = new(clock, unit, total);
        PaceColumn.Attach(task, pace);
        task.StartTask();
        return new Line(task, pace);
    }

    private sealed class Line(ProgressTask task, WorkPace pace) : IProgressLine
    {
        public void Report(double done, double? total = null, string? label = null)
        {
            pace.Report(done, total);
            Draw(label);
        }

        public void Skip(double done)
        {
            pace.Skip(done);
            Draw(null);
        }

        public void Dispose() => task.StopTask();

        private void Draw(string? label)
        {
            if (label is not null)
            {
                task.Description = Markup.Escape(ShownText.OneLine(label));
            }

            (double done, double? total) = pace.State;
            if (total is > 0 and var known)
            {
                task.IsIndeterminate = false;
                task.MaxValue = known;
            }

            task.Value = done;
        }
    }
}
