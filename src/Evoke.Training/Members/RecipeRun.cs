using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Members;

/// <summary>Trains what a recipe asks for: one model, one whose number of epochs is chosen by folds, or an ensemble. What is interrupted resumes from its last
/// validation and ends with the same bytes.</summary>
/// <remarks>Thread-safe for different folders: several runs at once, each on a thread of its own.</remarks>
public static class RecipeRun
{
    /// <summary>Epochs of all models that a recipe trains.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="trainingVideos">Number of training videos.</param>
    public static int EpochsOf(Recipe recipe, int trainingVideos)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        int folds = new VideoFolds(trainingVideos).Count;
        return recipe.IsEnsemble ? folds * EnsembleRun.MembersOf(recipe).Sum(member => member.Recipe.Train.Epochs)
            : recipe.Train.EpochsByFolds ? (folds + 1) * recipe.Train.Epochs
            : recipe.Train.Epochs;
    }

    /// <summary>Trains, or continues the run in the folder.</summary>
    /// <param name="recipe">How to train.</param>
    /// <param name="train">The training videos.</param>
    /// <param name="validation">The validation videos: with the same emotions and encoders.</param>
    /// <param name="folder">The output folder; created if it does not exist.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="progress">Gets every step and validation, on the calling thread: see <see cref="InlineProgress{T}"/>.</param>
    /// <param name="cancellationToken">Stops the run after the current step.</param>
    /// <param name="untilCheckpoint">Stops the run after its next checkpoint, so that no work is lost.</param>
    /// <exception cref="RunFolderException">The folder holds a run with another recipe or other data, or is in use.</exception>
    /// <exception cref="DatasetException">Training and validation videos do not match.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not a finite number.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or files cannot be written.</exception>
    public static RunFinished Train(
        Recipe recipe,
        VideoSet train,
        VideoSet validation,
        RunFolder folder,
        TrainerOptions? options = null,
        IProgress<TrainingEvent>? progress = null,
        CancellationToken cancellationToken = default,
        CancellationToken untilCheckpoint = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new TrainerOptions();
        RunSetup.ThrowIfApart(train, validation);
        if (recipe.IsEnsemble)
        {
            return new EnsembleRun(recipe, train, validation, folder, options).Train(progress, cancellationToken, untilCheckpoint);
        }

        if (recipe.Train.EpochsByFolds)
        {
            MemberFolds folds = new(recipe.MemberOf(recipe.Head.Kind, 0), recipe.Head.Kind, train, folder, options);
            int all = EpochsOf(recipe, train.Videos.Count);
            folds.Train(new MemberProgress(progress, 0, recipe.Train.Epochs, all).Show, cancellationToken, untilCheckpoint);
            options.Logger?.EpochsChosen(folds.Reason);
            progress?.Report(new EpochsChosen(folds.Reason));
            options = options with { ChosenEpochs = folds.BestEpochs, EpochChoice = [folds.Reason] };
        }

        using Trainer trainer = Trainer.Open(recipe, train, validation, folder, options, cancellationToken);
        return trainer.Run(progress, cancellationToken, untilCheckpoint);
    }
}
