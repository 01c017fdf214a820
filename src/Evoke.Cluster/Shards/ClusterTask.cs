namespace Evoke.Cluster.Shards;

/// <summary>Whether this process is a task of a cluster scheduler, which runs it again on request.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class ClusterTask
{
    private static readonly string[] Marks = ["SLURM_JOB_ID", "JOB_COMPLETION_INDEX", "EVOKE_SHARDS"];

    /// <summary>True under Slurm, in a Kubernetes Indexed Job, and wherever <c>EVOKE_SHARDS</c> is set.</summary>
    /// <param name="variable">Gives an environment variable, or null; in a program <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    public static bool IsOne(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return Marks.Any(mark => !string.IsNullOrEmpty(variable(mark)));
    }
}
