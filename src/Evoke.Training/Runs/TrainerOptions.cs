using Evoke.Kernels.Torch;
using Microsoft.Extensions.Logging;

namespace Evoke.Training.Runs;

/// <summary>How to run the training; nothing here changes the recipe.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record TrainerOptions
{
    /// <summary>Where the head is trained.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>True to write event files for TensorBoard.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>
    /// Pauses the run at the first validation after this many epochs; null runs to the end. Schedules still follow the recipe's epochs, so a run that is
    /// reopened without a pause, or with a later one, ends with the same bytes as one that was never paused.
    /// </summary>
    public int? PauseAfterEpochs { get; init; }

    /// <summary>The number of epochs that folds chose, after which the run is done; null for all epochs of the recipe.</summary>
    internal int? ChosenEpochs { get; init; }

    /// <summary>How they were chosen, in sentences for users; empty if they were not.</summary>
    internal IReadOnlyList<string> EpochChoice { get; init; } = [];

    /// <summary>True to keep the model of each validation.</summary>
    internal bool KeepsModels { get; init; }

    /// <summary>Where the data came from; run.json records it for later commands.</summary>
    public RunSources Sources { get; init; } = new();

    /// <summary>Why this recipe was chosen, where nobody named one; run.json records it. Empty if somebody did.</summary>
    public string RecipeChoice { get; init; } = "";

    /// <summary>The command line that started the run, one entry per argument, for run.json; empty if it was started from code.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Where the run logs what happens; null for silence.</summary>
    public ILogger? Logger { get; init; }
}
