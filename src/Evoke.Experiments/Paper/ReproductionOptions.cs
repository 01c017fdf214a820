using System.Collections.Immutable;
using Evoke.Kernels.Torch;

namespace Evoke.Experiments.Paper;

/// <summary>Which tables are made, and how.</summary>
public sealed record ReproductionOptions
{
    /// <summary>Numbers of the tables: 1 to 4.</summary>
    public ImmutableSortedSet<int> Tables { get; init; } = [.. PaperTables.Numbers];

    /// <summary>How often each run is repeated, with seeds 1, 2, …: 1 or more.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>How large the networks are; null for what fits the number of training videos.</summary>
    public ReproductionScale? Scale { get; init; }

    /// <summary>Keys of the recipe that are set in all runs: "key=value".</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Where networks are trained.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>True if a table needs features at 6 Hz.</summary>
    public bool NeedsDenseFeatures => Tables.Contains(1);
}
