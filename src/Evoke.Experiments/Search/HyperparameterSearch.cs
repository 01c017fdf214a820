using System.Globalization;
using System.Text;
using Evoke.Files;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Experiments.Search;

/// <summary>
/// Tries settings of a recipe and keeps the best. Each trial is a training run in its own folder, so a search that is interrupted at any moment resumes
/// where it stopped: finished training is not repeated, and the current trial resumes from its checkpoint.
/// </summary>
/// <remarks>
/// Rungs pause a run (<see cref="TrainerOptions.PauseAfterEpochs"/>) and do not shorten its recipe: the learning rate of a trial changes as in a full
/// run, and a trial that continues after a rung ends with the same bytes as a run that was never paused. Not thread-safe: one thread at a time.
/// </remarks>
public sealed class HyperparameterSearch
{
    private readonly SearchSpec _spec;
    private readonly RecipeData _data;
    private readonly string _folder;
    private readonly TrainerOptions _options;
    private readonly ILogger _log;
    private readonly DrawnTrial[] _trials;
    private readonly string _metric;
    private readonly Dictionary<int, RunFolderException> _damages = [];

    /// <summary>Creates a search and draws its trials.</summary>
    /// <param name="spec">What to try.</param>
    /// <param name="data">The training and validation data.</param>
    /// <param name="folder">The output folder: trials/N (one run each), trials.csv, best.yaml.</param>
    /// <param name="options">Options of the runs; null for the defaults. Its <see cref="TrainerOptions.Logger"/> gets what happens beside the runs
    /// too.</param>
    /// <exception cref="SearchException">No valid combination of values was found.</exception>
    public HyperparameterSearch(SearchSpec spec, RecipeData data, string folder, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_spec, _data, _folder, _options) = (spec, data, Path.GetFullPath(folder), options ?? new TrainerOptions());
        _log = _options.Logger ?? NullLogger.Instance;
        _trials = [.. Enumerable.Range(0, spec.Trials).Select(trial => TrialDrawing.Draw(spec, trial))];
        _metric = RecipeText.NameOf(_trials[0].Recipe.Train.Metric);
    }

    /// <summary>The table of trials that <see cref="Run"/> writes.</summary>
    public string TrialsFile => Path.Combine(_folder, "trials.csv");

    /// <summary>The best trial's recipe, every key with its value.</summary>
    public string BestRecipeFile => Path.Combine(_folder, "best.yaml");

    /// <summary>Runs the search to the end. A trial whose run is damaged is left out and reported.</summary>
    /// <param name="progress">Gets every step, on the calling thread: see <see cref="InlineProgress{T}"/>.</param>
    /// <param name="cancellationToken">Stops the search after the current step; it can be resumed later.</param>
    /// <param name="untilCheckpoint">Stops after the next checkpoint, so that no work is lost.</param>
    /// <exception cref="RunFolderException">The folder holds the trials of another search.</exception>
    /// <exception cref="EvokeException">Labels and features do not match, or files cannot be read or written.</exception>
    public SearchReport Run(
        IProgress<SearchProgress>? progress = null, CancellationToken cancellationToken = default, CancellationToken untilCheckpoint = default)
    {
        DrawnTrial[] left = _trials;
        int rungs = Rungs();
        for (int rung = 0; rung < rungs; rung++)
        {
            _log.RungStarted(rung + 1, rungs, _folder, left.Length);
            int? pause = rung == rungs - 1 ? null : EpochsOf(rung);
            for (int i = 0; i < left.Length; i++)
            {
                int position = i;
                int epochs = pause ?? left[i].Recipe.Train.Epochs;
                Train(
                    left[i],
                    pause,
                    new InlineProgress<TrainingEvent>(happening => progress?.Report(
                        new SearchProgress(rung, rungs, left[position].Number, position, left.Length, epochs, happening))),
                    cancellationToken,
                    untilCheckpoint);
                WriteReport();
            }

            left = pause is null ? left : [.. Ranked(left, pause).Take(Math.Max(1, left.Length / _spec.Factor))];
        }

        return WriteReport();
    }

    private int Rungs()
    {
        if (_spec.Strategy == SearchStrategy.Random)
        {
            return 1;
        }

        int epochs = _trials.Max(trial => trial.Recipe.Train.Epochs), rungs = 1;
        for (int trials = _trials.Length; trials > 1 && EpochsOf(rungs - 1) < epochs; trials /= _spec.Factor)
        {
            rungs++;
        }

        return rungs;
    }

    private int EpochsOf(int rung) => (int)Math.Min(int.MaxValue, _spec.MinEpochs * Math.Pow(_spec.Factor, rung));

    private void Train(DrawnTrial trial, int? pause, IProgress<TrainingEvent> progress, CancellationToken cancellationToken, CancellationToken untilCheckpoint)
    {
        cancellationToken.ThrowIfCancellationRequested();
        untilCheckpoint.ThrowIfCancellationRequested();
        RunFolder folder = FolderOf(trial);
        if (HasDiverged(trial) || _damages.ContainsKey(trial.Number))
        {
            return;
        }

        RecipeSets sets = _data.For(trial.Recipe, cancellationToken);
        try
        {
            using Trainer trainer = Trainer.Open(
                trial.Recipe, sets.Train, sets.Validation, folder, _options with { PauseAfterEpochs = pause }, cancellationToken);
            trainer.Run(progress, cancellationToken, untilCheckpoint);
        }
        catch (RunFolderException error) when (error.IsDamage)
        {
            _damages.Add(trial.Number, error);
            _log.TrialDamaged(error, trial.Number);
        }
        catch (TrainingDivergedException error)
        {
            _log.TrialDiverged(error, trial.Number);
            DivergenceMark.Write(folder, error); // Not an error: a search may try learning rates that are too high.
        }
    }

    private IEnumerable<DrawnTrial> Ranked(IEnumerable<DrawnTrial> trials, int? epochs) =>
        trials.Where(trial => !HasDiverged(trial) && !_damages.ContainsKey(trial.Number))
            .OrderByDescending(trial => BestOf(trial, epochs).Score).ThenBy(trial => trial.Number);

    private SearchReport WriteReport()
    {
        SearchTrial[] trials = [.. _trials.Select(Describe).OfType<SearchTrial>()
            .OrderByDescending(trial => trial.Score.HasValue).ThenByDescending(trial => trial.Score).ThenBy(trial => trial.Number)];
        SearchReport report = new(_metric, [.. _spec.Ranges.Select(range => range.Key)], trials) { Damages = [.. _damages.Values] };
        TrialTable.Write(report, TrialsFile);
        if (report.Best.Score is not null)
        {
            byte[] recipe = Encoding.UTF8.GetBytes(RecipeWriter.Write(_trials[report.Best.Number].Recipe));
            AtomicFile.Write(BestRecipeFile, stream => stream.Write(recipe));
        }

        return report;
    }

    private SearchTrial? Describe(DrawnTrial trial)
    {
        RunFolder folder = FolderOf(trial);
        if (_damages.ContainsKey(trial.Number))
        {
            return new SearchTrial(trial.Number, trial.Values, 0, null, 0, TrialState.Damaged, folder.Path);
        }

        try
        {
            return DescribeIntact(trial, folder);
        }
        catch (RunFolderException error) when (error.IsDamage)
        {
            return null; // Its turn comes: training restores what the checkpoint has, and reports the rest.
        }
    }

    private SearchTrial? DescribeIntact(DrawnTrial trial, RunFolder folder)
    {
        if (HasDiverged(trial))
        {
            return new SearchTrial(trial.Number, trial.Values, RunSummary.Read(folder).Epochs, null, 0, TrialState.Diverged, folder.Path);
        }

        if (!File.Exists(folder.Metrics))
        {
            return null; // not started, or not yet validated
        }

        RunSummary summary = RunSummary.Read(folder);
        (int epoch, double score) = BestOf(trial, null);
        return new SearchTrial(
            trial.Number, trial.Values, summary.Epochs, score, epoch, summary.Finished ? TrialState.Finished : TrialState.Stopped, folder.Path);
    }

    /// <summary>The best validation up to a rung, whether or not the trial has continued since.</summary>
    private (int Epoch, double Score) BestOf(DrawnTrial trial, int? epochs)
    {
        int every = trial.Recipe.Train.ValidateEvery;
        int last = epochs is { } pause ? (pause + every - 1) / every * every : int.MaxValue;
        return MetricsFile.ReadScores(FolderOf(trial).Metrics, _metric).Where(validation => validation.Epoch <= last).MaxBy(validation => validation.Score);
    }

    private bool HasDiverged(DrawnTrial trial) => DivergenceMark.Read(FolderOf(trial), trial.Recipe) is not null;

    private RunFolder FolderOf(DrawnTrial trial) => new(Path.Combine(_folder, "trials", trial.Number.ToString("D3", CultureInfo.InvariantCulture)));
}
