using System.Collections.Immutable;
using Evoke.Kernels.Torch;
using Microsoft.Extensions.Logging;

namespace Evoke.Experiments.Paper;

/// <summary>Which tables to reproduce, and how.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record ReproductionOptions
{
    /// <summary>Numbers of the tables: 1 to 4.</summary>
    public ImmutableSortedSet<int> Tables { get; init; } = [.. PaperTables.Numbers];

    /// <summary>Number of runs per recipe, with seeds 1, 2, …: 1 or more.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The size of the networks; null to choose by the number of training videos.</summary>
    public ReproductionScale? Scale { get; init; }

    /// <summary>Recipe keys that are set in all runs: "key=value".</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The device that networks are trained on.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Where the runs log what happens; null for silence.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>True if a table needs features at 6 Hz.</summary>
    public bool NeedsDenseFeatures => Tables.Contains(1);
}
