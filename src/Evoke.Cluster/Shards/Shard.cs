using System.Globalization;
using Evoke.Files;

namespace Evoke.Cluster.Shards;

/// <summary>The part of a data set that a process works on: part <see cref="Index"/> of <see cref="Count"/>, counted from 0.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct Shard
{
    /// <summary>Creates a shard.</summary>
    /// <param name="index">From 0 to <paramref name="count"/> - 1.</param>
    /// <param name="count">Number of parts, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        (Index, Count) = (index, count);
    }

    /// <summary>The part, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Number of parts.</summary>
    public int Count { get; }

    /// <summary>Reads "I/N", I from 0 to N - 1, as <c>--shard</c> takes it.</summary>
    /// <exception cref="ShardException">The text is not of that form.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count >= 1 && index < count
            ? new Shard(index, count)
            : throw new ShardException($"A shard has the form I/N with I from 0 to N - 1, for example 0/8; found '{text}'.");
    }

    /// <summary>The shard set by the cluster's environment, in a Slurm array or a Kubernetes Indexed Job; null outside both.</summary>
    /// <param name="variable">Gives an environment variable, or null; in a program <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <remarks>
    /// Slurm: <c>SLURM_ARRAY_TASK_ID</c>, <c>_MIN</c>, <c>_COUNT</c> and <c>_STEP</c>; an array that is resubmitted for a few missing tasks has
    /// another count, so if <c>EVOKE_SHARDS</c> is set, it is the number of shards and the task's id is the index. Kubernetes:
    /// <c>JOB_COMPLETION_INDEX</c> with <c>EVOKE_SHARDS</c>.
    /// </remarks>
    /// <exception cref="ShardException">A variable is missing or does not fit the others.</exception>
    public static Shard? FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        int? shards = Number(variable, "EVOKE_SHARDS");
        if (Number(variable, "SLURM_ARRAY_TASK_ID") is int task)
        {
            return shards is int known ? Checked(task, known, "SLURM_ARRAY_TASK_ID") : FromSlurmArray(variable, task);
        }

        return Number(variable, "JOB_COMPLETION_INDEX") is int index
            ? Checked(
                index,
                shards ?? throw new ShardException("JOB_COMPLETION_INDEX is set but EVOKE_SHARDS is not: set it to the job's number of completions."),
                "JOB_COMPLETION_INDEX")
            : null;
    }

    /// <summary>The shard's part of the names of its files: "0003-of-0016" for 3/16.</summary>
    public string FileMark => string.Create(CultureInfo.InvariantCulture, $"{Index:D4}-of-{Count:D4}");

    /// <summary>"I/N".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static Shard FromSlurmArray(Func<string, string?> variable, int task)
    {
        int first = Number(variable, "SLURM_ARRAY_TASK_MIN") ?? throw new ShardException("SLURM_ARRAY_TASK_ID is set but SLURM_ARRAY_TASK_MIN is not.");
        int count = Number(variable, "SLURM_ARRAY_TASK_COUNT") ?? throw new ShardException("SLURM_ARRAY_TASK_ID is set but SLURM_ARRAY_TASK_COUNT is not.");
        int step = Number(variable, "SLURM_ARRAY_TASK_STEP") ?? 1;
        if (step < 1 || (task - first) % step != 0)
        {
            throw new ShardException(string.Create(CultureInfo.InvariantCulture,
                $"Slurm array task {task} does not fit an array from {first} in steps of {step}: set EVOKE_SHARDS to the number of shards."));
        }

        return Checked((task - first) / step, count, "SLURM_ARRAY_TASK_ID");
    }

    private static Shard Checked(int index, int count, string name) => count >= 1 && index >= 0 && index < count
        ? new Shard(index, count)
        : throw new ShardException(string.Create(
            CultureInfo.InvariantCulture, $"{name} gives shard {index} of {count}, which does not exist: shards are counted from 0."));

    private static int? Number(Func<string, string?> variable, string name)
    {
        string? text = variable(name);
        return string.IsNullOrEmpty(text)
            ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new ShardException($"{name} must be a whole number from 0; found '{text}'.");
    }
}

/// <summary>An invalid shard; the message says what was expected and found.</summary>
public sealed class ShardException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public ShardException(string message)
        : base(message)
    {
    }
}
