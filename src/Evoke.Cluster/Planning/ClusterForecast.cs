using System.Collections.Immutable;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Manifests;

namespace Evoke.Cluster.Planning;

/// <summary>Estimates what a data set takes on a cluster: uses the actual split into shards, and simulates slow and failing nodes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ClusterForecast
{
    private const double SecondsPerHour = 3600;

    // No piece of work takes zero time, however unlikely the draw.
    private const double LeastFactor = 0.1;

    // A failed node loses part of an epoch or of a few.
    private const int CheckpointsOfSeed = 20;

    private readonly ClusterConditions _conditions;
    private readonly double _videoHours;

    /// <summary>Prepares a forecast.</summary>
    /// <param name="videoSeconds">Duration of all videos together; above 0.</param>
    /// <param name="conditions">The conditions of the cluster.</param>
    public ClusterForecast(double videoSeconds, ClusterConditions conditions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(videoSeconds);
        ArgumentNullException.ThrowIfNull(conditions);
        _conditions = conditions;
        _videoHours = videoSeconds / SecondsPerHour;
    }

    /// <summary>Extraction in as many shards as there are nodes.</summary>
    /// <param name="entries">All videos.</param>
    /// <param name="cost">Their cost on one node.</param>
    /// <param name="nodes">Number of nodes, at least 1.</param>
    public StageForecast Extraction(ImmutableArray<ManifestEntry> entries, ExtractionCost cost, int nodes)
    {
        ArgumentNullException.ThrowIfNull(cost);
        ImmutableArray<int> shards = ShardPlan.Assign(entries, nodes);
        NodeWork[] work = new NodeWork[nodes];
        for (int i = 0; i < entries.Length; i++)
        {
            work[shards[i]].Add(cost.SecondsOf(entries[i].DurationSeconds));
        }

        return Forecast("extract", work, cost) with { DiskBytes = entries.Sum(entry => cost.BytesOf(entry.DurationSeconds)) };
    }

    /// <summary>Extraction of many videos of which <paramref name="entries"/> are a sample, dealt to the nodes in turn.</summary>
    /// <param name="entries">The sample; at least one video.</param>
    /// <param name="videos">How many videos there are, at least 1: those of the sample again and again.</param>
    /// <param name="cost">Their cost on one node.</param>
    /// <param name="nodes">Number of nodes, at least 1.</param>
    public StageForecast ScaledExtraction(ImmutableArray<ManifestEntry> entries, long videos, ExtractionCost cost, int nodes)
    {
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentOutOfRangeException.ThrowIfLessThan(videos, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        double[] seconds = [.. entries.Select(entry => cost.SecondsOf(entry.DurationSeconds))];
        NodeWork[] work = new NodeWork[nodes];
        for (long i = 0; i < videos; i++)
        {
            work[i % nodes].Add(seconds[i % seconds.Length]);
        }

        double bytes = entries.Average(entry => cost.BytesOf(entry.DurationSeconds)) * videos;
        return Forecast("extract", work, cost) with { DiskBytes = bytes };
    }

    /// <summary>The smallest number of nodes on which 19 of 20 simulations are done in a given time; null if there is none up to a million.</summary>
    /// <param name="forecast">The stage on a number of nodes.</param>
    /// <param name="withinSeconds">The time in seconds.</param>
    public static StageForecast? Fewest(Func<int, StageForecast> forecast, double withinSeconds)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        const int most = 1 << 20;
        int high = 1;
        StageForecast found = forecast(high);
        while (found.LateSeconds > withinSeconds)
        {
            if (high >= most)
            {
                return null;
            }

            high *= 2;
            found = forecast(high);
        }

        int low = high / 2; // too few, or none
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            StageForecast tried = forecast(middle);
            if (tried.LateSeconds > withinSeconds)
            {
                low = middle;
            }
            else
            {
                (high, found) = (middle, tried);
            }
        }

        return found;
    }

    /// <summary>Training of several seeds, each on one node; with more seeds than nodes, a node trains several in turn.</summary>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <param name="secondsPerSeed">Seconds that one seed takes on one node.</param>
    /// <param name="nodes">Number of nodes, at least 1.</param>
    public StageForecast Training(int seeds, double secondsPerSeed, int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        NodeWork[] work = new NodeWork[nodes];
        for (int piece = 0; piece < seeds * CheckpointsOfSeed; piece++)
        {
            work[piece / CheckpointsOfSeed % nodes].Add(secondsPerSeed / CheckpointsOfSeed);
        }

        return Forecast("train", work, cost: null);
    }

    private StageForecast Forecast(string stage, NodeWork[] work, ExtractionCost? cost)
    {
        double startSeconds = cost?.StartSeconds ?? 0, spread = cost?.Spread ?? 0;
        Random random = new(_conditions.Seed);
        double[] elapsed = new double[_conditions.Trials];
        double busy = 0;
        for (int trial = 0; trial < elapsed.Length; trial++)
        {
            // The measured videos may have been easier or harder than the rest: the standard error of their mean.
            double measured = Math.Max(LeastFactor, 1 + (spread / Math.Sqrt(Math.Max(1, cost?.Videos.Length ?? 1)) * Gaussian(random)));
            foreach (NodeWork node in work)
            {
                double luck = Math.Max(LeastFactor, measured + (spread * node.RelativeSpread * Gaussian(random)));
                (double worked, double waited) = Simulate(node, startSeconds, luck, random);
                busy += worked / elapsed.Length;
                elapsed[trial] = Math.Max(elapsed[trial], worked + waited);
            }
        }

        Array.Sort(elapsed);
        double nodeHours = busy / SecondsPerHour;
        double? price = nodeHours * _conditions.PricePerNodeHour;
        return new StageForecast
        {
            Stage = stage,
            Nodes = work.Length,
            NodeHours = nodeHours,
            UndisturbedSeconds = startSeconds + work.Max(node => node.Seconds),
            ElapsedSeconds = elapsed[elapsed.Length / 2],
            LateSeconds = elapsed[elapsed.Length * 19 / 20],
            Cost = price,
            CostPerThousandVideoHours = price / _videoHours * 1000,
        };
    }

    private (double Worked, double Waited) Simulate(NodeWork node, double startSeconds, double luck, Random random)
    {
        double slowdown = random.NextDouble() < _conditions.StragglerShare ? 1 + (random.NextDouble() * (_conditions.StragglerSlowdown - 1)) : 1;
        double remaining = (startSeconds + (node.Seconds * luck)) * slowdown;
        double worked = 0, waited = 0;
        while (true)
        {
            double untilFailure = _conditions.FailuresPerNodeHour > 0
                ? Exponential(random) / _conditions.FailuresPerNodeHour * SecondsPerHour
                : double.PositiveInfinity;
            if (untilFailure >= remaining)
            {
                return (worked + remaining, waited);
            }

            // The current piece starts again after another process start. The new node may be faster; this is not modelled.
            double lost = Math.Min(untilFailure, ((random.NextDouble() * node.TypicalPiece * luck) + startSeconds) * slowdown);
            worked += untilFailure;
            waited += _conditions.RequeueSeconds;
            remaining += lost - untilFailure;
        }
    }

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    private static double Gaussian(Random random) => Math.Sqrt(2 * Exponential(random)) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The pieces of work that one node does in turn.</summary>
    private struct NodeWork
    {
        private double _squares;

        public double Seconds { get; private set; }

        /// <summary>The expected length of the piece at a random moment: long pieces are more likely.</summary>
        public readonly double TypicalPiece => Seconds > 0 ? _squares / Seconds : 0;

        /// <summary>Spread of the sum per unit of spread of a piece.</summary>
        public readonly double RelativeSpread => Seconds > 0 ? Math.Sqrt(_squares) / Seconds : 0;

        public void Add(double seconds)
        {
            Seconds += seconds;
            _squares += seconds * seconds;
        }
    }
}
