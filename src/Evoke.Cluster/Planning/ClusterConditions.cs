namespace Evoke.Cluster.Planning;

/// <summary>What a cluster is like, beside its number of nodes.</summary>
public sealed record ClusterConditions
{
    /// <summary>The usual <see cref="StragglerShare"/>.</summary>
    public const double UsualStragglerShare = 0.05;

    /// <summary>The usual <see cref="FailuresPerNodeHour"/>.</summary>
    public const double UsualFailuresPerNodeHour = 0.01;

    /// <summary>Share of the nodes that are slower than the one that was measured: an older processor, a neighbour that takes its share. 0 to 1.</summary>
    public double StragglerShare { get; init; } = UsualStragglerShare;

    /// <summary>How many times as long a straggler takes: anything from 1 to this.</summary>
    public double StragglerSlowdown { get; init; } = 3;

    /// <summary>How often a node is lost or taken away in an hour of its work; what it had in hand is done again.</summary>
    public double FailuresPerNodeHour { get; init; } = UsualFailuresPerNodeHour;

    /// <summary>From a node's loss until its work is taken up again, in seconds: a requeue of Slurm takes about two minutes.</summary>
    public double RequeueSeconds { get; init; } = 120;

    /// <summary>What an hour of a node costs; null if no cost is asked for.</summary>
    public double? PricePerNodeHour { get; init; }

    /// <summary>How often everything is simulated.</summary>
    public int Trials { get; init; } = 200;

    /// <summary>Seed of the simulation: the same seed gives the same plan.</summary>
    public int Seed { get; init; } = 1;
}
