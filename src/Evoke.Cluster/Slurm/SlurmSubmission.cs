using System.Globalization;

namespace Evoke.Cluster.Slurm;

/// <summary>One job to submit.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Stage">Its stage.</param>
/// <param name="Array">The array tasks; null for all tasks of the script.</param>
/// <param name="After">Tasks in the queue that must succeed first, in addition to an earlier stage that is submitted with it.</param>
public sealed record SlurmStep(SlurmStage Stage, string? Array, IReadOnlyList<string> After);

/// <summary>A job that was submitted.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SubmittedJob(SlurmStage Stage, long Job);

/// <summary>Submits the jobs of a plan: all of them, or only what is missing.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class SlurmSubmission
{
    private readonly SlurmPlan _plan;

    private SlurmSubmission(SlurmPlan plan, IReadOnlyList<SlurmStep> steps, IReadOnlyList<string> doomed) => (_plan, Steps, Doomed) = (plan, steps, doomed);

    /// <summary>The jobs to submit, in order; empty if nothing is missing.</summary>
    public IReadOnlyList<SlurmStep> Steps { get; }

    /// <summary>Tasks that wait for a failed one: they are cancelled, and submitted again after the new tasks.</summary>
    public IReadOnlyList<string> Doomed { get; }

    /// <summary>Every stage.</summary>
    public static SlurmSubmission Whole(SlurmPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan, [.. SlurmStageNames.StagesOf(plan).Select(stage => new SlurmStep(stage, null, []))], []);
    }

    /// <summary>Every stage of a plan that has no tasks in the queue.</summary>
    /// <exception cref="SlurmException">Tasks of the plan are in the queue.</exception>
    public static SlurmSubmission Whole(SlurmPlan plan, IReadOnlyList<QueuedTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return tasks.FirstOrDefault(task => task.IsLive) is { } live
            ? throw new SlurmException(
                $"{plan.File} is already in the queue, for example as job {live.Job} ({live.State}). "
                + "'evoke slurm status' shows its progress; 'evoke slurm resume' submits what is missing.")
            : Whole(plan);
    }

    /// <summary>What is missing: not done, not in the queue, and not a video that cannot be read.</summary>
    public static SlurmSubmission Missing(SlurmStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        List<SlurmStep> steps = [];
        List<string> doomed = [];
        List<string> earlier = [];
        foreach (StageStatus stage in status.Stages)
        {
            QueuedTask[] live = [.. status.Tasks.Where(task => task.Stage == stage.Stage && task.IsLive)];
            List<int> absent = [.. stage.Absent];
            if (steps.Count > 0)
            {
                QueuedTask[] behind = [.. live.Where(task => !task.IsRunning)];
                doomed.AddRange(behind.Select(task => task.Id));
                absent.AddRange(behind.Select(task => task.Index ?? 0));
                live = [.. live.Except(behind)];
            }

            if (absent.Count > 0)
            {
                string? array = stage.Stage == SlurmStage.Ensemble ? null : Numbers(absent) + Throttle(status.Plan, stage.Stage);
                steps.Add(new SlurmStep(stage.Stage, array, [.. earlier]));
            }

            earlier = [.. live.Select(task => task.Id)];
        }

        return new SlurmSubmission(status.Plan, steps, doomed);
    }

    /// <summary>The commands, as typed in the folder of the scripts.</summary>
    public IReadOnlyList<string> Commands() =>
    [
        .. Doomed.Count > 0 ? [$"scancel {string.Join(' ', Doomed)}"] : Array.Empty<string>(),
        .. Steps.Select((step, i) =>
        {
            string call = $"sbatch --parsable {string.Join(' ', Arguments(step, i > 0 ? $"${Steps[i - 1].Stage.Word()}" : null))}";
            return i < Steps.Count - 1 ? $"{step.Stage.Word()}=$({call})" : call;
        }),
    ];

    /// <summary>Submits the jobs.</summary>
    /// <exception cref="SlurmException">Slurm is missing or failed.</exception>
    public async Task<IReadOnlyList<SubmittedJob>> RunAsync(SlurmClient queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (Doomed.Count > 0)
        {
            await queue.CancelAsync(_plan, Doomed, cancellationToken).ConfigureAwait(false);
        }

        List<SubmittedJob> jobs = [];
        foreach (SlurmStep step in Steps)
        {
            string? before = jobs.Count > 0 ? jobs[^1].Job.ToString(CultureInfo.InvariantCulture) : null;
            jobs.Add(new SubmittedJob(step.Stage, await queue.SubmitAsync(_plan, Arguments(step, before), cancellationToken).ConfigureAwait(false)));
        }

        return jobs;
    }

    private static IReadOnlyList<string> Arguments(SlurmStep step, string? before)
    {
        string[] after = [.. step.After, .. before is null ? Array.Empty<string>() : [before]];
        List<string> arguments = [];
        if (after.Length > 0)
        {
            // Without the second option, a job that depends on a failed one would wait forever.
            arguments.AddRange([$"--dependency=afterok:{string.Join(':', after)}", "--kill-on-invalid-dep=yes"]);
        }

        if (step.Array is not null)
        {
            arguments.Add($"--array={step.Array}");
        }

        return [.. arguments, step.Stage.Script()];
    }

    private static string Throttle(SlurmPlan plan, SlurmStage stage) =>
        stage == SlurmStage.Extract && plan.Extract.AtOnce is { } atOnce ? string.Create(CultureInfo.InvariantCulture, $"%{atOnce}") : "";

    // 0-3,7: the line stays short for thousands of shards.
    private static string Numbers(IEnumerable<int> numbers)
    {
        List<(int From, int To)> ranges = [];
        foreach (int number in numbers.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].To == number - 1)
            {
                ranges[^1] = (ranges[^1].From, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(',', ranges.Select(range => range.From == range.To
            ? range.From.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.From}-{range.To}")));
    }
}
