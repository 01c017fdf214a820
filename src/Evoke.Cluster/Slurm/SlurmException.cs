using Evoke.Files;

namespace Evoke.Cluster.Slurm;

/// <summary>An invalid plan; the message lists every mistake with its key, its line, what was expected and what was found.</summary>
public sealed class SlurmPlanException : EvokeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The plan.</param>
    /// <param name="mistakes">One sentence each.</param>
    public SlurmPlanException(string file, IReadOnlyList<string> mistakes)
        : base(
            $"Plan {file} has {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}:"
            + string.Concat(mistakes.Select(mistake => $"{Environment.NewLine}  {mistake}"))) =>
        Mistakes = mistakes;

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}

/// <summary>Slurm is not installed, or failed; the message quotes it.</summary>
public sealed class SlurmException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public SlurmException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
