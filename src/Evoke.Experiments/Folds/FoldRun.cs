using System.Text;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Baselines;
using Evoke.Experiments.Lags;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Members;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Folds;

/// <summary>One fold: its run, its predictions, and the mark that it is done.</summary>
internal sealed class FoldRun(Fold fold, Recipe recipe, LabelSet labels, IFeatureSource features, string folder, CrossValidationOptions options)
{
    /// <summary>The model, and the baselines, by the names of their files.</summary>
    public const string Model = "predictions", Clock = "clock", Ridge = "ridge";

    private readonly string _folder = Path.Combine(folder, fold.Name);

    /// <summary>Its number, its videos.</summary>
    public Fold Fold => fold;

    /// <summary>The run of its model.</summary>
    public RunFolder Run => new(Path.Combine(_folder, "run"));

    /// <summary>True once everything is written.</summary>
    public bool IsDone => File.Exists(DoneMark);

    /// <summary>The lag that was found on the fold's training videos, in seconds.</summary>
    public double Lag => FoldLag.Read(Path.Combine(_folder, FoldLag.FileName)).Chosen;

    // Written last.
    private string DoneMark => Path.Combine(_folder, "done.txt");

    /// <summary>The file of the fold's predictions.</summary>
    /// <param name="name">Of the model or a baseline.</param>
    public string FileOf(string name) => Path.Combine(_folder, $"{name}.csv");

    /// <summary>Trains, predicts and marks the fold as done. Continues where an earlier attempt stopped.</summary>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    public void Do(TrainerOptions training, IProgress<TrainingEvent> progress, CancellationToken cancellationToken, CancellationToken untilCheckpoint)
    {
        Recipe own = RecipeOfFold(cancellationToken);
        RecipeData data = new(Part("training", fold.Train), Part("validation", fold.Validation), features);
        RecipeSets sets = data.For(own, cancellationToken);
        RecipeRun.Train(own, sets.Train, sets.Validation, Run, training, progress, cancellationToken, untilCheckpoint);

        LabelSet test = Part("test", fold.Test);
        using (IReactionModel model = ReactionModels.Load(
            options.Epoch == EpochChoice.Last ? Run.Last : Run.Best, new HeadModelOptions { Heads = recipe.Catalog.ModelHeads }))
        {
            FoldPredictions.Write(model, test, features, FileOf(Model), Delay(own), cancellationToken);
        }

        if (options.WithBaselines)
        {
            WriteBaselines(own, data, test, cancellationToken);
        }

        byte[] mark = Encoding.UTF8.GetBytes($"{fold.Name}: {fold.Test.Length} videos predicted\n");
        AtomicFile.Write(DoneMark, stream => stream.Write(mark));
    }

    // The lag of a fold is found on its training videos alone, once.
    private Recipe RecipeOfFold(CancellationToken cancellationToken)
    {
        DataRecipe data = recipe.Data with { MergeValidation = options.Epoch == EpochChoice.Last || recipe.Data.MergeValidation };
        if (options.FindsLag)
        {
            LagReport report = FoldLag.FindOrRead(Path.Combine(_folder, FoldLag.FileName), () => LagSearch.Run(
                Part("training", options.Epoch == EpochChoice.Last ? [.. fold.Train, .. fold.Validation] : fold.Train),
                features,
                new LagSearchOptions { Rate = recipe.Data.Rate, Groups = options.Groups },
                cancellationToken: cancellationToken));
            data = data with { Lag = report.Chosen };
        }

        return recipe with { Data = data };
    }

    // Predictions of folds with lags of their own come as late as the answers, so that all folds are scored on the same labels.
    private double Delay(Recipe own) => options.FindsLag ? own.Data.Lag : 0;

    private void WriteBaselines(Recipe own, RecipeData data, LabelSet test, CancellationToken cancellationToken)
    {
        using (ClockModel clock = ClockModel.Fit(Part("training", [.. fold.Train, .. fold.Validation]).Earlier(own.Data.Lag)))
        {
            FoldPredictions.Write(clock, test, features, FileOf(Clock), Delay(own), cancellationToken);
        }

        RecipeSets sets = data.For(own with { Data = own.Data with { MergeValidation = false } }, cancellationToken);
        using RidgeModel ridge = RidgeModel.Fit(sets.Train, sets.Validation, new RidgeOptions { Rate = recipe.Data.Rate }, cancellationToken);
        FoldPredictions.Write(ridge, test, features, FileOf(Ridge), Delay(own), cancellationToken);
    }

    private LabelSet Part(string what, IEnumerable<string> videos) => labels.Only($"{labels.Name}, {what} videos of {fold.Name}", videos);
}
