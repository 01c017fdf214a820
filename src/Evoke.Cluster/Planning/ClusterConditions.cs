namespace Evoke.Cluster.Planning;

/// <summary>The conditions of a cluster, apart from its number of nodes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ClusterConditions
{
    /// <summary>The default <see cref="StragglerShare"/>.</summary>
    public const double UsualStragglerShare = 0.05;

    /// <summary>The default <see cref="FailuresPerNodeHour"/>.</summary>
    public const double UsualFailuresPerNodeHour = 0.01;

    /// <summary>Share of nodes that are slower than the measured one, because of an older processor or other load. 0 to 1.</summary>
    public double StragglerShare { get; init; } = UsualStragglerShare;

    /// <summary>Largest slowdown of a straggler: it takes from 1 to this many times as long.</summary>
    public double StragglerSlowdown { get; init; } = 3;

    /// <summary>Failures per hour of a node's work; the piece of work in progress is repeated.</summary>
    public double FailuresPerNodeHour { get; init; } = UsualFailuresPerNodeHour;

    /// <summary>Seconds from the failure of a node until its work starts again: a Slurm requeue takes about two minutes.</summary>
    public double RequeueSeconds { get; init; } = 120;

    /// <summary>Price of one node-hour; null for no costs.</summary>
    public double? PricePerNodeHour { get; init; }

    /// <summary>Number of simulations.</summary>
    public int Trials { get; init; } = 200;

    /// <summary>Seed of the simulation: the same seed gives the same plan.</summary>
    public int Seed { get; init; } = 1;
}
