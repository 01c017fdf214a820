using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Training.Recipes;

namespace Evoke.Training.Runs;

/// <summary>The state of a run besides its tensors: stored as JSON in the checkpoint.</summary>
internal sealed record RunState
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
    };

    /// <summary>The origin of the run. It resumes only with the same origin.</summary>
    public required RunOrigin Origin { get; init; }

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

    /// <summary>The same, read back: one entry per epoch.</summary>
    [JsonIgnore]
    public ImmutableArray<EpochMetrics> Epochs => [.. Metrics.Select(MetricsFile.Parse)];

    /// <summary>The best validation's Pearson; null before the first.</summary>
    [JsonIgnore]
    public double? BestPearson => BestEpoch > 0 ? BestScores[ValidationScores.Pearson] : null;

    /// <summary>True if the run is at its end.</summary>
    /// <param name="lastEpoch">The number of epochs to do.</param>
    public bool IsDone(int lastEpoch) => StoppedEarly || Epoch >= lastEpoch;

    /// <summary>Checks a state that was read.</summary>
    /// <exception cref="JsonException">It is not one that a run writes.</exception>
    public void ThrowIfDamaged()
    {
        string? damage = Epoch < 0 || OptimizerSteps < 0 || Averaged < 0 || BestEpoch < 0 || BestEpoch > Epoch || SinceBest < 0 ? "a count is out of range"
            : Metrics.IsDefault || BestVideos.IsDefault ? "a list is missing"
            : Metrics.Any(row => MetricsFile.TryParse(row) is null) ? "a row of metrics is not one"
            : BestEpoch > 0 && !ValidationScores.Names.All(BestScores.ContainsKey) ? "the best scores are incomplete"
            : null;
        if (damage is not null)
        {
            throw new JsonException(damage);
        }
    }

    /// <summary>The state after a validation.</summary>
    /// <param name="recipe">The recipe: which score selects the best model, and the patience.</param>
    /// <param name="epoch">Epochs done.</param>
    /// <param name="scores">The scores of the validation.</param>
    public RunState AfterValidation(TrainRecipe recipe, int epoch, ValidationScores scores)
    {
        string metric = RecipeText.NameOf(recipe.Metric);
        // Where folds chose the number of epochs, validation videos choose nothing: the last model is the best one.
        if (recipe.EpochsByFolds || BestEpoch == 0 || scores.ByName[metric] > BestScores[metric])
        {
            return this with
            {
                BestEpoch = epoch,
                BestScores = scores.ByName,
                BestVideos = scores.VideosBestFirst,
                SinceBest = 0,
                LastPearson = scores.All.Pearson,
            };
        }

        int since = SinceBest + 1;
        return this with { SinceBest = since, LastPearson = scores.All.Pearson, StoppedEarly = recipe.Patience > 0 && since >= recipe.Patience };
    }
}
