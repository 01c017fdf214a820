using Evoke.Curves.Randomness;
using Evoke.Datasets.Sets;
using Evoke.Heads.Networks;
using Evoke.Training.Clips;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using TorchSharp;

namespace Evoke.Training.Epochs;

/// <summary>The network of a run, with its optimizer, weight average and feature statistics.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    private TrainedNetwork(ReactionHead head, CrossModalTerms? crossModal, TrainRecipe recipe, SetStatistics statistics)
    {
        (Head, CrossModal, Statistics) = (head, crossModal, statistics);
        Weights = [.. head.named_parameters().Select(p => new NamedParameter(p.name, p.parameter)), .. crossModal?.Weights ?? []];
        Optimizer = recipe.ToOptimizer(Weights);
        Average = recipe.SwaFrom > 0 ? new WeightAverage(Weights) : null;
    }

    /// <summary>The head.</summary>
    public ReactionHead Head { get; }

    /// <summary>The losses that have their own weights; null without them.</summary>
    public CrossModalTerms? CrossModal { get; }

    /// <summary>The head's weights and those of auxiliary losses.</summary>
    public IReadOnlyList<NamedParameter> Weights { get; }

    /// <summary>The optimizer of these weights.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The running mean of the weights; null without SWA.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Statistics of the training set's features.</summary>
    public SetStatistics Statistics { get; }

    /// <summary>How a solved head was solved, in a sentence's end; empty for others.</summary>
    public string HowSolved { get; set; } = "";

    /// <summary>Creates the network of a run as it is before the first step.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="statistics">Statistics of the training set's features.</param>
    public static TrainedNetwork Create(RunSetup plan, SetStatistics statistics)
    {
        Recipe recipe = plan.Recipe;
        InitialWeights initial = InitialWeights.FromSeed(CounterRandom.For(recipe.Train.Seed, RandomPurpose.Initialisation).NextSeed());
        ReactionHead head = RecipeHead.ConfigOf(recipe, plan.Train).Create(initial);
        if (recipe.Head.StartAtLabels)
        {
            head.StartAt(LabelLevels.Of(plan.Train, recipe.Data.Gaps));
        }

        CrossModalTerms? crossModal = CrossModalTerms.Create(initial.Under(CrossModalTerms.Prefix), recipe.Loss, head.Config, plan.Train.Videos.Count);
        head.to(plan.Device);
        crossModal?.to(plan.Device);
        head.Precision = plan.Precision;
        return new TrainedNetwork(head, crossModal, recipe.Train, statistics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Average?.Dispose();
        Optimizer.Dispose();
        CrossModal?.Dispose();
        Head.Dispose();
    }
}
