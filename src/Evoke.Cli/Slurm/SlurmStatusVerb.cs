using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Slurm;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Slurm;

/// <summary><c>evoke slurm status</c>.</summary>
internal sealed class SlurmStatusVerb : Verb
{
    private readonly PathArgument<string> _plan = SlurmCommand.Plan();
    private readonly Option<bool> _json = SharedOptions.Json();

    public SlurmStatusVerb()
        : base("status", "Shows the progress of a plan, from the queue and the output folder.", "evoke slurm status plan.yaml")
    {
        Add(_plan);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        SlurmPlan plan = SlurmPlanReader.Read(context.GetRequired(_plan), context.Catalog);
        SlurmStatus status = await SlurmStatus.ReadAsync(plan, new SlurmClient(), context.CancellationToken).ConfigureAwait(false);
        if (context.Get(_json))
        {
            PrintJson(context, status);
        }
        else
        {
            Print(context.Terminal.Out, status);
        }

        return ExitCode.Done;
    }

    private static void Print(TextWriter output, SlurmStatus status)
    {
        output.WriteLine($"{status.Plan.Name}: {status.Plan.Out}");
        output.WriteLine($"{"",-18}{"total",9}{"done",9}{"running",9}{"waiting",9}{"failed",9}{"missing",9}");
        foreach (StageStatus stage in status.Stages)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Word(stage.Stage) + ", " + stage.Unit,-18}{stage.Total,9}{stage.Done,9}{stage.Running,9}{stage.Waiting,9}"
                + $"{stage.Failed,9}{stage.Missing,9}{Pace(stage)}"));
        }

        foreach (QueuedTask task in status.Broken)
        {
            output.WriteLine($"failed: {Word(task.Stage)} {task.Id}, {task.State} ({task.Reason}): {LogOf(status.Plan, task)}");
        }

        if (status.Failures.Count > 0)
        {
            string names = string.Join(", ", status.Failures.Take(5).Select(failure => failure.VideoId)) + (status.Failures.Count > 5 ? ", …" : "");
            output.WriteLine($"cannot be read: {names}: see failures*.csv in {status.Plan.Features}");
        }

        foreach (FailureFileException damage in status.DamagedLists)
        {
            output.WriteLine($"warning: {damage.Message} This list does not count.");
        }

        bool isMissing = status.Stages.Any(stage => stage.Missing > 0 || (stage.Failed > 0 && stage.Stage != SlurmStage.Extract));
        output.WriteLine(status.IsComplete ? "everything is done"
            : isMissing ? $"'evoke slurm resume {Path.GetFileName(status.Plan.File)}' submits what is missing"
            : "everything else is in the queue");
    }

    private static string Pace(StageStatus stage)
    {
        string rate = stage.PerHour is { } perHour && stage.Done < stage.Total ? string.Create(CultureInfo.InvariantCulture, $"  {perHour:0} per hour") : "";
        string left = stage.SecondsLeft is { } seconds ? $", about {Duration(seconds)} left" : "";
        string epochs = stage.Epochs is { Done: > 0 } e && stage.Done < stage.Total
            ? string.Create(CultureInfo.InvariantCulture, $"  {e.Done} of {e.Most} epochs")
            : "";
        return rate + left + epochs;
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    private static string LogOf(SlurmPlan plan, QueuedTask task)
    {
        string index = task.Index is { } number ? string.Create(CultureInfo.InvariantCulture, $"-{number}") : "";
        return Path.Combine(plan.Scripts, "logs", $"{Word(task.Stage)}{index}.log");
    }

    private static string Word(SlurmStage stage) => stage.ToString().ToLowerInvariant();

    private static void PrintJson(VerbContext context, SlurmStatus status) => context.Terminal.WriteJson(new
    {
        status.Plan.Name,
        status.Plan.Out,
        Complete = status.IsComplete,
        Stages = status.Stages.Select(stage => new
        {
            Stage = Word(stage.Stage),
            stage.Unit,
            stage.Total,
            stage.Done,
            stage.Running,
            stage.Waiting,
            stage.Failed,
            stage.Missing,
            stage.PerHour,
            stage.SecondsLeft,
            EpochsDone = stage.Epochs?.Done,
            EpochsAtMost = stage.Epochs?.Most,
        }),
        BrokenOff = status.Broken.Select(task => new { Stage = Word(task.Stage), task.Id, task.State, task.Reason, Log = LogOf(status.Plan, task) }),
        CannotBeRead = status.Failures.Select(failure => new { failure.VideoId, failure.Path, failure.Message }),
    });
}
