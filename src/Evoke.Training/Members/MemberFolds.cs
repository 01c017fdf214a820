using System.Globalization;
using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Members;

/// <summary>Trains a recipe once for each fold of the training videos, on the other folds, and scores it on the fold. Each run can be interrupted and resumes
/// to the same bytes.</summary>
/// <param name="recipe">The recipe of one model.</param>
/// <param name="name">What the runs are called: "gru".</param>
/// <param name="train">All training videos.</param>
/// <param name="folder">The run that they belong to.</param>
/// <param name="options">How to run.</param>
internal sealed class MemberFolds(Recipe recipe, string name, VideoSet train, RunFolder folder, TrainerOptions options)
{
    private readonly VideoFolds _folds = new(train.Videos.Count);

    /// <summary>Epochs of all runs.</summary>
    public int Epochs => _folds.Count * recipe.Train.Epochs;

    /// <summary>How many epochs score best on the videos of the folds.</summary>
    public int BestEpochs { get; private set; }

    /// <summary>The number of epochs and why, in a sentence for users.</summary>
    public string Reason => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {BestEpochs} of up to {recipe.Train.Epochs} epochs, chosen by {_folds.Count} folds of the training videos "
        + $"({RecipeText.NameOf(recipe.Train.Metric)} {_best:F4} on videos that were left out).");

    private double _best = double.NegativeInfinity;

    /// <summary>Trains all folds.</summary>
    /// <param name="progress">Receives what happens, with the number of the fold from 0.</param>
    /// <param name="cancellationToken">Stops after the current step.</param>
    /// <param name="untilCheckpoint">Stops after the next checkpoint.</param>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or files cannot be written.</exception>
    public void Train(Action<int, string, TrainingEvent> progress, CancellationToken cancellationToken, CancellationToken untilCheckpoint)
    {
        for (int fold = 0; fold < _folds.Count; fold++)
        {
            untilCheckpoint.ThrowIfCancellationRequested();
            int number = fold;
            // With a single video there is nothing to leave out.
            VideoSet held = train.Only($"{train.Labels.Name}, fold {fold + 1}", video => _folds.Of(video) == number);
            VideoSet rest = _folds.Count == 1 ? train : train.Only($"{train.Labels.Name} without fold {fold + 1}", video => _folds.Of(video) != number);
            TrainerOptions own = new() { Device = options.Device, TensorBoard = false, KeepsModels = true, Logger = options.Logger };
            using Trainer trainer = Trainer.Open(recipe, rest, held, RunOf(fold), own, cancellationToken);
            trainer.Run(
                new InlineProgress<TrainingEvent>(happening => progress(number, NameOf(number), happening)), cancellationToken, untilCheckpoint);
        }

        Choose();
    }

    /// <summary>The model files of the folds after a number of epochs, relative to the run.</summary>
    /// <param name="epochs">Epochs done.</param>
    public IEnumerable<string> ModelsAfter(int epochs) =>
        Enumerable.Range(0, _folds.Count).Select(fold => Path.GetRelativePath(folder.Path, RunOf(fold).ModelAfter(epochs)));

    private RunFolder RunOf(int fold) => new(Path.Combine(folder.Members, NameOf(fold)));

    private string NameOf(int fold) => string.Create(CultureInfo.InvariantCulture, $"{name}-fold-{fold + 1}");

    // Each video counts the same.
    private void Choose()
    {
        SortedDictionary<int, double> sums = [];
        for (int fold = 0; fold < _folds.Count; fold++)
        {
            int number = fold, videos = Enumerable.Range(0, train.Videos.Count).Count(video => _folds.Of(video) == number);
            foreach ((int epoch, double score) in MetricsFile.ReadScores(RunOf(fold).Metrics, RecipeText.NameOf(recipe.Train.Metric)))
            {
                sums[epoch] = sums.GetValueOrDefault(epoch) + (score * videos / train.Videos.Count);
            }
        }

        foreach ((int epoch, double score) in sums)
        {
            if (score > _best)
            {
                (BestEpochs, _best) = (epoch, score);
            }
        }
    }
}
