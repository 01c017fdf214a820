using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Sets;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Reports;

/// <summary>The content of a run's page.</summary>
internal sealed record RunReport
{
    // For the best and for the worst: enough to see what a model has learnt, few enough to look at each.
    private const int VideosOfEachKind = 3;

    /// <summary>The run's name: its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>How it was trained.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>What the run was made from and its progress.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>Number of trained weights of the head.</summary>
    public required long Parameters { get; init; }

    /// <summary>The number of epochs after which the run is done.</summary>
    public required int LastEpoch { get; init; }

    /// <summary>What the columns mean.</summary>
    public required EmotionScheme Scheme { get; init; }

    /// <summary>One entry per epoch.</summary>
    public required ImmutableArray<EpochMetrics> Epochs { get; init; }

    /// <summary>The videos that the best model predicts best, best first.</summary>
    public required ImmutableArray<ReportVideo> BestVideos { get; init; }

    /// <summary>The videos that it predicts worst, worst first.</summary>
    public required ImmutableArray<ReportVideo> WorstVideos { get; init; }

    /// <summary>The epoch of the best validation; null before the first.</summary>
    public EpochMetrics? BestEpoch => Epochs.FirstOrDefault(epoch => epoch.Epoch == Summary.BestEpoch);

    /// <summary>The report of a run now; predicts some of its validation videos with its best model.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="state">Its state.</param>
    /// <param name="parameters">Number of trained weights of the head.</param>
    public static RunReport Of(RunSetup plan, RunState state, long parameters)
    {
        (ImmutableArray<ReportVideo> best, ImmutableArray<ReportVideo> worst) = PredictVideos(
            plan.Folder, plan.EncodedValidation, state.BestVideos, plan.Recipe.Catalog.ModelHeads);
        return new()
        {
            Name = Path.GetFileName(Path.GetFullPath(plan.Folder.Path).TrimEnd(Path.DirectorySeparatorChar)),
            Recipe = plan.Recipe,
            Summary = RunSummary.Of(plan, state),
            Parameters = parameters,
            LastEpoch = plan.LastEpoch,
            Scheme = plan.Train.Labels.Scheme,
            Epochs = state.Epochs,
            BestVideos = best,
            WorstVideos = worst,
        };
    }

    /// <summary>Picks videos and predicts them with the best model.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="validation">Where the videos are.</param>
    /// <param name="scores">How the best model's videos scored, best first.</param>
    /// <param name="heads">The heads that the model may name.</param>
    public static (ImmutableArray<ReportVideo> Best, ImmutableArray<ReportVideo> Worst) PredictVideos(
        RunFolder folder, VideoSet validation, ImmutableArray<VideoPearson> scores, HeadCatalog heads)
    {
        int count = Math.Min(VideosOfEachKind, (scores.Length + 1) / 2);
        if (count == 0)
        {
            return ([], []);
        }

        using HeadModel model = HeadModel.Load(folder.Best, new HeadModelOptions { Heads = heads });
        return ([.. scores.Take(count).Select(Predict)], [.. scores.Reverse().Take(Math.Min(count, scores.Length - count)).Select(Predict)]);

        ReportVideo Predict(VideoPearson score)
        {
            EmotionCurves labels = validation.Labels.Find(score.Id)!.Curves;
            EmotionCurves predicted = SparseToDense.Interpolate(model.Predict(validation.Features.Read(score.Id)).Mean, labels.Grid);
            return new ReportVideo(score.Id, score.Pearson, VideoScores.Of(score.Id, labels, predicted, RowProtocol.All).Pearson, labels, predicted);
        }
    }
}
