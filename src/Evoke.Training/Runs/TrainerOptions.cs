using Evoke.Kernels.Torch;

namespace Evoke.Training.Runs;

/// <summary>How a run is to be done; nothing here changes the recipe.</summary>
public sealed record TrainerOptions
{
    /// <summary>Where the head is trained.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>True to write event files for TensorBoard.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>
    /// Pauses the run at the first validation after so many epochs; null lets it go to its end. Schedules go by the recipe's epochs all the same, so a run
    /// that is opened again without a pause, or with a later one, ends in the bytes of one that was never paused.
    /// </summary>
    public int? PauseAfterEpochs { get; init; }

    /// <summary>Where the data came from: run.json remembers it for verbs that come after.</summary>
    public RunSources Sources { get; init; } = new();

    /// <summary>The command that asked for the run, word by word, for run.json; empty if it was asked for from code.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
}
