using Evoke.Cluster.Planning;

namespace Evoke.Cli.Plan;

/// <summary>What <c>evoke plan</c> prints.</summary>
internal sealed record ExtractionPlan
{
    /// <summary>How many videos are planned for.</summary>
    public required int Videos { get; init; }

    /// <summary>How many videos of the manifest stand for them; null if they are all of them.</summary>
    public int? SampleOf { get; init; }

    /// <summary>Seconds of all videos together.</summary>
    public required double VideoSeconds { get; init; }

    /// <summary>What was measured on this machine.</summary>
    public required ExtractionCost Measured { get; init; }

    /// <summary>What was simulated.</summary>
    public required ClusterConditions Conditions { get; init; }

    /// <summary>The stages on each number of nodes.</summary>
    public required IReadOnlyList<StageForecast> Stages { get; init; }

    /// <summary>The time that <see cref="Fewest"/> is for, in seconds; null if none was asked for.</summary>
    public double? WithinSeconds { get; init; }

    /// <summary>Extraction on the smallest number of nodes that is in time.</summary>
    public StageForecast? Fewest { get; init; }

    /// <summary>The visual network on GPUs, from published figures.</summary>
    public GpuForecast? Gpu { get; init; }
}
