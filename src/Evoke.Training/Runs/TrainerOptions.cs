using Evoke.Encoders.Torch;

namespace Evoke.Training.Runs;

/// <summary>How a run is to be done; nothing here changes the recipe.</summary>
public sealed record TrainerOptions
{
    /// <summary>Where the head is trained.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>True to write event files for TensorBoard.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>What to remember about the sources of the data, by name, for verbs that come after: paths of labels and features.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();
}
