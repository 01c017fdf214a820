namespace Evoke.Cluster.Planning;

/// <summary>The simulated forecast of one stage on a number of nodes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StageForecast
{
    /// <summary>"extract" or "train".</summary>
    public required string Stage { get; init; }

    /// <summary>Number of nodes that work in parallel, each on a shard or on seeds.</summary>
    public required int Nodes { get; init; }

    /// <summary>Node-hours to pay for: mean of the simulations. Each node is released when its part is done.</summary>
    public required double NodeHours { get; init; }

    /// <summary>Seconds until the last node is done if no node fails and all are equally fast.</summary>
    public required double UndisturbedSeconds { get; init; }

    /// <summary>Seconds until the last node is done: median of the simulations.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Seconds within which 19 of 20 simulations are done.</summary>
    public required double LateSeconds { get; init; }

    /// <summary>Bytes on disk when the stage is done; null if unknown.</summary>
    public double? DiskBytes { get; init; }

    /// <summary>Cost of the stage; null if no price is given.</summary>
    public double? Cost { get; init; }

    /// <summary>Cost of the stage per 1,000 hours of video; null if no price is given.</summary>
    public double? CostPerThousandVideoHours { get; init; }
}
