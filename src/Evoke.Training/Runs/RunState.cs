using System.Collections.Immutable;
using System.Text.Json;

namespace Evoke.Training.Runs;

/// <summary>Where a run stands, beside its tensors: kept as JSON in the checkpoint.</summary>
internal sealed record RunState
{
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The recipe in full. A run goes on by the same one.</summary>
    public required string Recipe { get; init; }

    /// <summary>What identifies the training and the validation set.</summary>
    public required string Data { get; init; }

    /// <summary>The arithmetic: "float32" or "bfloat16".</summary>
    public required string Precision { get; init; }

    /// <summary>Epochs done.</summary>
    public int Epoch { get; init; }

    /// <summary>Steps of the optimizer.</summary>
    public long OptimizerSteps { get; init; }

    /// <summary>Sets of weights in the average.</summary>
    public int Averaged { get; init; }

    /// <summary>Epochs done at the best validation; 0 before the first.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Its scores.</summary>
    public ImmutableSortedDictionary<string, double> BestScores { get; init; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>How its videos scored, best first; empty before the first validation.</summary>
    public ImmutableArray<VideoPearson> BestVideos { get; init; } = [];

    /// <summary>The last validation's Pearson; null before the first.</summary>
    public double? LastPearson { get; init; }

    /// <summary>Validations since the best.</summary>
    public int SinceBest { get; init; }

    /// <summary>True if patience ended the run.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>Rows of metrics.csv so far.</summary>
    public ImmutableArray<string> Metrics { get; init; } = [];
}

/// <summary>How one video scored.</summary>
/// <param name="Id">The video.</param>
/// <param name="Pearson">Mean over the emotions.</param>
public sealed record VideoPearson(string Id, double Pearson);
