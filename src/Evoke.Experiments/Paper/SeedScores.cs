using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Evoke.Experiments.Paper;

/// <summary>The scores of runs that differ only in their seed.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Values">One score per run, in the order of the seeds; at least one.</param>
public sealed record SeedScores(ImmutableArray<double> Values)
{
    /// <summary>Their mean.</summary>
    public double Mean => Values.Average();

    /// <summary>Their sample standard deviation (n - 1); null for a single run.</summary>
    public double? Deviation => Values.Length < 2 ? null : Math.Sqrt(Values.Sum(value => (value - Mean) * (value - Mean)) / (Values.Length - 1));

    /// <summary>How many runs there are.</summary>
    [JsonIgnore]
    public int Count => Values.Length;
}
