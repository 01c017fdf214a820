using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace Evoke.Cluster.Slurm;

/// <summary>A task in the queue.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Stage">Its stage.</param>
/// <param name="Job">Its job or array.</param>
/// <param name="Index">Its index in the array; null outside an array.</param>
/// <param name="State">Slurm's state: PENDING, RUNNING, FAILED …</param>
/// <param name="Reason">Slurm's reason for a pending or ended task.</param>
public sealed record QueuedTask(SlurmStage Stage, long Job, int? Index, string State, string Reason)
{
    private static readonly string[] Ended =
    [
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED", "TIMEOUT",
    ];

    /// <summary>True until it has ended.</summary>
    public bool IsLive => !Ended.Contains(State);

    /// <summary>True while it runs.</summary>
    public bool IsRunning => IsLive && State != "PENDING";

    /// <summary>True if it ended without success.</summary>
    public bool HasFailed => !IsLive && State != "COMPLETED";

    /// <summary>"12_3", or "12" outside an array.</summary>
    public string Id => Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Job}_{index}") : Job.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Runs the command-line programs of Slurm.</summary>
/// <remarks>Thread-safe: each call starts a program of its own.</remarks>
public sealed class SlurmClient
{
    private const int Fields = 6;
    private readonly IReadOnlyDictionary<string, string?> _environment;

    /// <summary>Uses the Slurm of the environment.</summary>
    /// <param name="environment">Variables for its programs, for example SLURM_CONF; null for none.</param>
    public SlurmClient(IReadOnlyDictionary<string, string?>? environment = null) =>
        _environment = environment ?? ImmutableDictionary<string, string?>.Empty;

    /// <summary>
    /// The tasks of a plan: pending, running, and those that have ended and that Slurm still remembers. Tasks are matched by name and folder, so those
    /// submitted by hand are included.
    /// </summary>
    /// <exception cref="SlurmException">squeue is missing or failed.</exception>
    public async Task<IReadOnlyList<QueuedTask>> TasksAsync(SlurmPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Dictionary<string, SlurmStage> stages = SlurmStageNames.StagesOf(plan).ToDictionary(stage => stage.JobName(plan));
        string answer = await RunAsync(
            "squeue",
            ["--noheader", "--array", "--states=all", $"--name={string.Join(',', stages.Keys)}", "--format=%F|%K|%T|%r|%j|%Z"],
            plan.Out,
            cancellationToken).ConfigureAwait(false);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split('|', Fields))
            .Where(fields => fields.Length == Fields && fields[5] == plan.Scripts)
            .Select(fields => new QueuedTask(
                stages[fields[4]],
                long.Parse(fields[0], CultureInfo.InvariantCulture),
                int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null,
                fields[2],
                fields[3]))];
    }

    /// <summary>Submits a job.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="SlurmException">sbatch is missing or failed.</exception>
    public async Task<long> SubmitAsync(SlurmPlan plan, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string answer = await RunAsync("sbatch", ["--parsable", .. arguments], plan.Scripts, cancellationToken).ConfigureAwait(false);
        return long.TryParse(answer.Trim().Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long job)
            ? job
            : throw new SlurmException($"Expected a job number from sbatch; found '{answer.Trim()}'.");
    }

    /// <summary>Cancels tasks.</summary>
    /// <exception cref="SlurmException">scancel is missing or failed.</exception>
    public async Task CancelAsync(SlurmPlan plan, IReadOnlyList<string> tasks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await RunAsync("scancel", [.. tasks], plan.Scripts, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> RunAsync(string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        try
        {
            BufferedCommandResult result = await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(_environment)
                .WithWorkingDirectory(Directory.Exists(folder) ? folder : Environment.CurrentDirectory)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            return result.ExitCode == 0
                ? result.StandardOutput
                : throw new SlurmException($"{program} ended with exit code {result.ExitCode}: {result.StandardError.Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new SlurmException(
                $"'{program}' could not be started: Slurm is not installed on this machine. Run this on a login node of the cluster; --dry-run works anywhere.",
                error);
        }
    }
}
