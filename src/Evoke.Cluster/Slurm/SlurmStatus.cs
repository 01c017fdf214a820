using System.Collections.Immutable;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Manifests;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;
using Evoke.Training.Runs;

namespace Evoke.Cluster.Slurm;

/// <summary>The progress of a stage. All counts have the same unit and add up to <see cref="Total"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StageStatus
{
    /// <summary>The stage.</summary>
    public required SlurmStage Stage { get; init; }

    /// <summary>What is counted: "videos", "seeds", "models".</summary>
    public required string Unit { get; init; }

    /// <summary>The total number.</summary>
    public required int Total { get; init; }

    /// <summary>Those whose result is in the output folder.</summary>
    public required int Done { get; init; }

    /// <summary>Those that are being worked on now.</summary>
    public required int Running { get; init; }

    /// <summary>Those whose task is in the queue, or running and not there yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>Videos that cannot be read (they are listed and not retried); seeds and models whose task failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Those that no task in the queue will produce.</summary>
    public int Missing => Total - Done - Running - Waiting - Failed;

    /// <summary>Number done per hour, over the last hour of work; null if unknown.</summary>
    public double? PerHour { get; init; }

    /// <summary>Estimated seconds for the running and waiting work at the current rate, weighted by duration; null if unknown.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Epochs done over all seeds, and the maximum; null for other stages than training.</summary>
    public (int Done, int Most)? Epochs { get; init; }

    /// <summary>Array tasks that have work left and are not in the queue; 0 stands for the ensemble job.</summary>
    internal ImmutableArray<int> Absent { get; init; } = [];
}

/// <summary>The progress of a plan, read only from the queue and the output folder.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record SlurmStatus
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromHours(1);

    /// <summary>The plan.</summary>
    public required SlurmPlan Plan { get; init; }

    /// <summary>Its stages in order.</summary>
    public required ImmutableArray<StageStatus> Stages { get; init; }

    /// <summary>Its tasks in the queue.</summary>
    public required IReadOnlyList<QueuedTask> Tasks { get; init; }

    /// <summary>The videos that cannot be read.</summary>
    public required IReadOnlyList<ListedFailure> Failures { get; init; }

    /// <summary>Lists of failures that are damaged and do not count.</summary>
    public IReadOnlyList<FailureFileException> DamagedLists { get; init; } = [];

    /// <summary>Tasks that failed and that no other task replaces.</summary>
    public IEnumerable<QueuedTask> Broken => Tasks.Where(task => task.HasFailed
        && Stages.Single(stage => stage.Stage == task.Stage).Absent.Contains(task.Index ?? 0)
        && !Tasks.Any(other => other.Stage == task.Stage && other.Index == task.Index && other.Job > task.Job));

    /// <summary>True if nothing is left to do.</summary>
    public bool IsComplete => Stages.All(stage => stage.Done + (stage.Stage == SlurmStage.Extract ? stage.Failed : 0) == stage.Total);

    /// <summary>Reads the status.</summary>
    /// <exception cref="SlurmException">Slurm is missing or failed.</exception>
    public static async Task<SlurmStatus> ReadAsync(SlurmPlan plan, SlurmClient queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return Of(plan, await queue.TasksAsync(plan, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The status from a queue and the output folder.</summary>
    public static SlurmStatus Of(SlurmPlan plan, IReadOnlyList<QueuedTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(tasks);
        List<FailureFileException> damaged = [];
        IReadOnlyList<ListedFailure> failures = Directory.Exists(plan.Features) ? FailureFile.ReadAll(FeatureStore.Open(plan.Features), damaged) : [];
        List<StageStatus> stages = [Extraction(plan, Of(tasks, SlurmStage.Extract), failures)];
        if (plan.Train is { } train)
        {
            stages.Add(Training(plan, train, Of(tasks, SlurmStage.Train)));
            stages.Add(Ensemble(plan, Of(tasks, SlurmStage.Ensemble)));
        }

        return new SlurmStatus { Plan = plan, Stages = [.. stages], Tasks = tasks, Failures = failures, DamagedLists = damaged };
    }

    private static QueuedTask[] Of(IReadOnlyList<QueuedTask> tasks, SlurmStage stage) => [.. tasks.Where(task => task.Stage == stage)];

    private static StageStatus Extraction(SlurmPlan plan, QueuedTask[] tasks, IReadOnlyList<ListedFailure> failures)
    {
        ImmutableArray<ManifestEntry> entries = plan.Entries();
        ImmutableArray<int> shards = ShardPlan.Assign(entries, plan.Extract.Shards);
        Dictionary<string, DateTime> files = Directory.Exists(plan.Features)
            ? new DirectoryInfo(plan.Features).EnumerateFiles("*.safetensors").ToDictionary(file => file.Name, file => file.LastWriteTimeUtc)
            : [];
        HashSet<string> failed = [.. failures.Select(failure => failure.VideoId)];
        Dictionary<int, bool> live = tasks.Where(task => task.IsLive)
            .GroupBy(task => task.Index ?? 0)
            .ToDictionary(group => group.Key, group => group.Any(task => task.IsRunning));
        List<(DateTime At, double Seconds)> done = [];
        int[] left = new int[plan.Extract.Shards];
        double secondsAhead = 0;
        int broken = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            if (files.TryGetValue(FeatureFileName.FromId(entries[i].Id), out DateTime at))
            {
                done.Add((at, entries[i].DurationSeconds));
            }
            else if (failed.Contains(entries[i].Id))
            {
                broken++;
            }
            else
            {
                left[shards[i]]++;
                secondsAhead += live.ContainsKey(shards[i]) ? entries[i].DurationSeconds : 0;
            }
        }

        int running = live.Count(shard => shard.Value && shard.Key < left.Length && left[shard.Key] > 0);
        (double PerHour, double Speed)? rate = RateOf(done);
        return new StageStatus
        {
            Stage = SlurmStage.Extract,
            Unit = "videos",
            Total = entries.Length,
            Done = done.Count,
            Failed = broken,
            Running = running,
            Waiting = live.Keys.Where(shard => shard < left.Length).Sum(shard => left[shard]) - running,
            PerHour = rate?.PerHour,
            SecondsLeft = running > 0 && rate is { Speed: > 0 and var speed } ? secondsAhead / speed : null,
            Absent = [.. Enumerable.Range(0, left.Length).Where(shard => left[shard] > 0 && !live.ContainsKey(shard))],
        };
    }

    // The oldest file of the window only marks when the work on the others began.
    private static (double PerHour, double Speed)? RateOf(List<(DateTime At, double Seconds)> done)
    {
        if (done.Count == 0)
        {
            return null;
        }

        DateTime newest = done.Max(one => one.At);
        (DateTime At, double Seconds)[] window = [.. done.Where(one => newest - one.At < RateWindow).OrderBy(one => one.At)];
        double span = (newest - window[0].At).TotalSeconds;
        return window.Length > 1 && span > 0 ? ((window.Length - 1) / span * 3600, window[1..].Sum(one => one.Seconds) / span) : null;
    }

    private static StageStatus Training(SlurmPlan plan, TrainStage train, QueuedTask[] tasks)
    {
        Dictionary<int, RunSummary> summaries = train.Seeds
            .Where(seed => File.Exists(new RunFolder(plan.RunOf(seed)).Summary))
            .ToDictionary(seed => seed, seed => RunSummary.Read(new RunFolder(plan.RunOf(seed))));
        int[] open = [.. train.Seeds.Where(seed => !(summaries.TryGetValue(seed, out RunSummary? summary) && summary.Finished))];
        return Counted(SlurmStage.Train, "seeds", train.Seeds.Length, open, tasks) with
        {
            Epochs = (summaries.Values.Sum(summary => summary.Epochs), train.Epochs * train.Seeds.Length),
        };
    }

    private static StageStatus Ensemble(SlurmPlan plan, QueuedTask[] tasks) =>
        Counted(SlurmStage.Ensemble, "models", 1, File.Exists(plan.Evaluation) ? [] : [0], tasks);

    private static StageStatus Counted(SlurmStage stage, string unit, int total, int[] open, QueuedTask[] tasks)
    {
        QueuedTask?[] last = [.. open.Select(item => tasks.Where(task => (task.Index ?? 0) == item).MaxBy(task => (task.IsLive, task.Job)))];
        return new StageStatus
        {
            Stage = stage,
            Unit = unit,
            Total = total,
            Done = total - open.Length,
            Running = last.Count(task => task is { IsRunning: true }),
            Waiting = last.Count(task => task is { IsLive: true, IsRunning: false }),
            Failed = last.Count(task => task is { HasFailed: true }),
            Absent = [.. open.Where((_, i) => last[i] is not { IsLive: true })],
        };
    }
}
