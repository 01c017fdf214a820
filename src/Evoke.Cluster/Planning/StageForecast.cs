namespace Evoke.Cluster.Planning;

/// <summary>One stage of the work on so many nodes, as the simulation expects it.</summary>
public sealed record StageForecast
{
    /// <summary>"extract" or "train".</summary>
    public required string Stage { get; init; }

    /// <summary>How many nodes work side by side, each on a shard or on seeds.</summary>
    public required int Nodes { get; init; }

    /// <summary>Hours of all nodes together that are paid for: mean of the trials. Each node is given back when its part is done.</summary>
    public required double NodeHours { get; init; }

    /// <summary>Seconds until the last node is done if nothing goes wrong and all are as fast.</summary>
    public required double UndisturbedSeconds { get; init; }

    /// <summary>Seconds until the last node is done: median of the trials.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The same: 19 of 20 trials are done by then.</summary>
    public required double LateSeconds { get; init; }

    /// <summary>Bytes on disk when the stage is done; null where that is not known.</summary>
    public double? DiskBytes { get; init; }

    /// <summary>What the stage costs; null if no price is given.</summary>
    public double? Cost { get; init; }

    /// <summary>What the stage costs for each 1,000 hours of video; null if no price is given.</summary>
    public double? CostPerThousandVideoHours { get; init; }
}
