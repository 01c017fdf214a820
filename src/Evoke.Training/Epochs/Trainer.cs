using System.Diagnostics;
using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Training.Epochs;

/// <summary>
/// Trains one head by a recipe. A run that is interrupted at any moment, even killed, resumes from its last validation and ends with the same bytes.
/// </summary>
/// <remarks>
/// In float32 the same recipe, data, machine and number of threads (<see cref="TorchRuntime.Start"/>) give the same files, byte for byte, whatever else
/// the process does: every random number is a function of the seed and of its purpose. One thread at a time; several trainers may run at once, each on
/// its own thread. It is fastest on the main thread: see <see cref="NativeHeap.KeepFreedMemory"/>, which it calls.
/// </remarks>
public sealed class Trainer : IDisposable
{
    // What a run shorter than a minute waits for is chance.
    private const double MostLoaderShare = 0.25, ShortestRatedSeconds = 60;

    private readonly RunSetup _plan;
    private readonly ILogger _log;
    private readonly FileLock _lock;
    private readonly TrainedNetwork _network;
    private readonly EpochTrainer _epochs;
    private readonly Validator _validator;
    private readonly RunFiles _files;
    private RunState _state;

    private Trainer(RunSetup plan, FileLock held, CancellationToken cancellationToken)
    {
        (_plan, _lock, _log) = (plan, held, plan.Options.Logger ?? NullLogger.Instance);
        _state = new RunState { Origin = RunOrigin.Of(plan) };
        using OpenRunCheckpoint? checkpoint = File.Exists(plan.Folder.Checkpoint) ? RunCheckpoint.Open(plan.Folder.Checkpoint) : null;
        if (checkpoint is not null)
        {
            _state.Origin.ThrowIfAnother(checkpoint.State.Origin, plan.Folder, plan.Recipe.Catalog);
        }

        SetStatistics statistics = plan.Recipe.Data.Normalisation != NormalisationKind.Standard ? SetStatistics.None
            : checkpoint?.ReadStatistics() ?? SetStatistics.Gather(plan.Train, cancellationToken);
        _network = TrainedNetwork.Create(plan, statistics);
        _epochs = new EpochTrainer(plan, _network);
        _validator = new Validator(plan.Validation, plan.GatherBy(statistics), plan.ClipSteps, plan.Device);
        _files = new RunFiles(plan, _network);
        if (checkpoint is not null)
        {
            checkpoint.Restore(_network);
            _state = checkpoint.State;
        }
    }

    private bool IsDone => _state.IsDone(_plan.LastEpoch);

    private bool IsPaused => _plan.Options.PauseAfterEpochs <= _state.Epoch && _plan.IsValidated(_state.Epoch);

    /// <summary>Starts a run, or resumes the one in the folder.</summary>
    /// <param name="recipe">How to train.</param>
    /// <param name="train">The training videos.</param>
    /// <param name="validation">The validation videos: with the same emotions and encoders.</param>
    /// <param name="folder">The output folder; created if it does not exist.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    /// <exception cref="RunFolderException">The folder holds a run with another recipe or other data, or is in use; the message names what differs.</exception>
    /// <exception cref="DatasetException">Training and validation videos do not match.</exception>
    /// <exception cref="FileWriteException">The folder cannot be written to.</exception>
    /// <exception cref="RecipeException">The recipe does not fit the data.</exception>
    public static Trainer Open(
        Recipe recipe, VideoSet train, VideoSet validation, RunFolder folder, TrainerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(folder);
        RunSetup.ThrowIfApart(train, validation);
        if (recipe.IsEnsemble || (recipe.Train.EpochsByFolds && options?.ChosenEpochs is null))
        {
            throw new RecipeException(recipe.Name, [
                $"{(recipe.IsEnsemble ? "ensemble.heads" : "train.epochs_by_folds")} trains several models; "
                + "only evoke train and evoke cross-validate do that."]);
        }

        NativeHeap.KeepFreedMemory();
        FileLock held = Hold(folder);
        try
        {
            PreparedSets sets = PreparedSets.Of(recipe.Data, train, validation, cancellationToken);
            RunSetup plan = new(recipe, sets.Train, sets.Validation, folder, options ?? new TrainerOptions())
            {
                EncodedValidation = validation,
                VisualExpansion = sets.Visual,
                AudioExpansion = sets.Audio,
            };
            return new Trainer(plan, held, cancellationToken);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Trains to the end, or to the pause that the options set.</summary>
    /// <param name="progress">Gets every step and validation, on the calling thread: see <see cref="InlineProgress{T}"/>.</param>
    /// <param name="cancellationToken">Stops the run after the current step; it can be resumed from its last validation.</param>
    /// <param name="untilCheckpoint">Stops the run after its next checkpoint, unless that is the last one, so that no work is lost.</param>
    /// <exception cref="TrainingDivergedException">The loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Either token was cancelled.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or files cannot be written.</exception>
    public RunFinished Run(
        IProgress<TrainingEvent>? progress = null, CancellationToken cancellationToken = default, CancellationToken untilCheckpoint = default)
    {
        TorchRuntime.Start();
        IReadOnlyList<string> notes = _files.Start(_state);
        RunStarted started = Started(notes);
        LogStart(started);
        progress?.Report(started);
        long began = Stopwatch.GetTimestamp();
        _network.Head.train();
        while (!IsDone && !IsPaused)
        {
            bool isValidated = TrainEpoch(progress, cancellationToken);
            if (isValidated && !IsDone)
            {
                untilCheckpoint.ThrowIfCancellationRequested();
            }
        }

        _files.Finish(_state);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        RunFinished finished = new(_state.Epoch, _state.StoppedEarly, _state.BestEpoch, _state.BestScores, _epochs.Waited / elapsed);
        LogEnd(finished, elapsed.TotalSeconds);
        progress?.Report(finished);
        return finished;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _epochs.Dispose();
        _network.Dispose();
        _lock.Dispose();
    }

    // True if the epoch ended with a validation, and so with a checkpoint.
    private bool TrainEpoch(IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        TrainRecipe recipe = _plan.Recipe.Train;
        int epoch = _state.Epoch;
        long began = Stopwatch.GetTimestamp();
        double loss = _plan.Recipe.IsSolved
            ? SolvedFit.Solve(_plan, _network, cancellationToken)
            : _epochs.Train(
                epoch,
                (epochs, mean) => progress?.Report(new StepDone(epochs, _plan.LastEpoch, mean, _state.LastPearson, _state.BestPearson)),
                cancellationToken);
        if (epoch >= recipe.SwaFrom)
        {
            _network.Average?.Add();
        }

        _log.EpochDone(_plan.Folder.Path, epoch + 1, _plan.LastEpoch, loss, Stopwatch.GetElapsedTime(began).TotalSeconds);
        ValidationScores? scores = _plan.IsValidated(epoch + 1) ? Validate(epoch + 1, progress, cancellationToken) : null;
        _state = _state with
        {
            Epoch = epoch + 1,
            OptimizerSteps = _network.Optimizer.Steps,
            Averaged = _network.Average?.Count ?? 0,
            Metrics = _state.Metrics.Add(MetricsFile.RowOf(_plan.Train.Labels.Scheme, epoch + 1, _epochs.LearningRateAt(epoch), loss, scores)),
        };
        if (scores is null)
        {
            return false;
        }

        _files.WriteCheckpoint(_state);
        return true;
    }

    private ValidationScores Validate(int epoch, IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        using IDisposable? averaged = _network.Average is { Count: > 0 } average ? average.Apply() : null;
        ValidationScores scores = _validator.Run(_network.Head, cancellationToken);
        _state = _state.AfterValidation(_plan.Recipe.Train, epoch, scores);
        bool isBest = _state.BestEpoch == epoch;
        _files.WriteModel(RunModel.Of(_plan, _network, _state.Origin.Recipe, epoch, scores), epoch, isBest);
        _log.ValidationDone(_plan.Folder.Path, epoch, _plan.LastEpoch, scores.All.Pearson, isBest);
        progress?.Report(new Validated(epoch, scores.ByName, isBest));
        return scores;
    }

    private void LogStart(RunStarted run)
    {
        string folder = _plan.Folder.Path;
        _log.TrainingStarted(run.Recipe, folder, run.TrainingVideos, run.ValidationVideos, run.Parameters, run.Epochs);
        if (run.ResumedEpoch > 0)
        {
            _log.TrainingResumed(folder, run.ResumedEpoch, run.Epochs);
        }

        if (run.MissingVideos is [var first, ..])
        {
            _log.VideosMissing(folder, run.MissingVideos.Count, first);
        }

        foreach (string note in run.Notes)
        {
            _log.TrainingNote(folder, note);
        }
    }

    private void LogEnd(RunFinished run, double seconds)
    {
        if (run.LoaderShare > MostLoaderShare && seconds > ShortestRatedSeconds)
        {
            _log.FeaturesSlow(_plan.Folder.Path, run.LoaderShare);
        }

        _log.TrainingEnded(_plan.Folder.Path, run.Epochs, _plan.LastEpoch, seconds, run.BestEpoch, run.StoppedEarly);
    }

    private RunStarted Started(IReadOnlyList<string> notes) => new(
        _plan.Recipe.Name,
        _plan.Train.Videos.Count,
        _plan.Validation.Videos.Count,
        _plan.MissingVideos,
        [.. _plan.Notes, .. notes],
        _network.Head.ParameterCount,
        _state.Origin.Precision,
        _state.Epoch,
        _plan.LastEpoch);

    private static FileLock Hold(RunFolder folder)
    {
        WritableFolder.Create(folder.Path);
        return FileLock.TryTake(folder.Lock) ?? throw new RunFolderException($"{folder.Path} cannot be used: another run is under way there.");
    }
}
