using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Evoke.Curves.Randomness;
using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Optimizers;
using Evoke.Training.Recipes;
using Evoke.Training.Reports;
using Evoke.Training.Runs;
using Evoke.Training.Sampling;
using Evoke.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Training.Epochs;

/// <summary>Trains one head by a recipe. A run that ends at any moment, however hard, goes on from its last validation to the same bytes.</summary>
/// <remarks>In float32 the same recipe, data and machine give the same files, byte for byte: every random number is a function of the seed and of what it is for. It is fastest on the main thread: <see cref="NativeHeap.KeepFreedMemory"/>, which it calls.</remarks>
public sealed class Trainer : IDisposable
{
    private readonly Recipe _recipe;
    private readonly VideoSet _train;
    private readonly VideoSet _validation;
    private readonly RunFolder _folder;
    private readonly TrainerOptions _options;
    private readonly Device _device;
    private readonly Precision _precision;
    private readonly ReactionHead _head;
    private readonly CrossModalTerms? _crossModal;
    private readonly TrainingStep _step;
    private readonly SharpnessAware? _sharpness;
    private readonly LearningRateSchedule _schedule;
    private readonly ClipLoader _loader;
    private readonly Validator _validator;
    private readonly TrainingTensors _tensors;
    private readonly FileLock _lock;
    private RunState _state;

    private Trainer(Recipe recipe, VideoSet train, VideoSet validation, RunFolder folder, TrainerOptions options, FileLock held, CancellationToken cancellationToken)
    {
        (_recipe, _train, _validation, _folder, _options, _lock) = (recipe, train, validation, folder, options, held);
        _device = TorchRuntime.Resolve(options.Device);
        _precision = NetworkPlacement.Of(options.Device, recipe.Train.Precision).Precision;
        _state = new RunState
        {
            Recipe = RecipeWriter.Write(recipe),
            Data = $"{train.Fingerprint()} {validation.Fingerprint()}",
            Precision = PrecisionNames.NameOf(_precision),
        };
        float[]? emotionMask = HeadFactory.EmotionMaskOf(recipe, train.Labels.Scheme);
        using Checkpoint.OpenCheckpoint? checkpoint = File.Exists(folder.Checkpoint) ? Checkpoint.Open(folder.Checkpoint) : null;
        ThrowIfAnotherRun(checkpoint?.State);
        SetStatistics statistics = recipe.Data.Normalisation != NormalisationKind.Standard ? SetStatistics.None
            : checkpoint?.ReadStatistics() ?? SetStatistics.Gather(train, cancellationToken);

        manual_seed(CounterRandom.For(recipe.Train.Seed, RandomPurpose.Initialisation).NextSeed());
        _head = HeadFactory.ConfigOf(recipe, train).Create();
        if (recipe.Head.StartAtLabels && _head is GruHead gru)
        {
            gru.StartAt(LabelLevels.Of(train, recipe.Data.Gaps));
        }

        _crossModal = CrossModalTerms.Create(recipe.Loss, _head.Config, train.Videos.Count);
        _head.to(_device);
        _crossModal?.to(_device);
        _head.Precision = _precision;
        NamedParameter[] weights = [.. _head.named_parameters().Select(p => new NamedParameter(p.name, p.parameter)), .. _crossModal?.Weights ?? []];
        _tensors = new(weights, OptimizerOf(recipe.Train, weights), recipe.Train.SwaFrom > 0 ? new WeightAverage(weights) : null, statistics);
        _sharpness = recipe.Train.SamRadius > 0 ? new SharpnessAware(weights, recipe.Train.SamRadius) : null;
        _step = new TrainingStep(_head, _crossModal, recipe.Loss, emotionMask, _device);
        _schedule = recipe.Train.ToSchedule();

        StepGather gather = new(Input(train.Visual, statistics.Visual), Input(train.Audio, statistics.Audio), recipe.Data.Rate);
        _loader = new ClipLoader(train, new ClipPlan(recipe.Data, recipe.Train.Seed), gather, recipe.Data);
        _validator = new Validator(validation, gather, ClipSteps, _device);
        if (checkpoint is not null)
        {
            checkpoint.Restore(_tensors);
            _state = checkpoint.State;
        }
    }

    private ImmutableArray<EpochMetrics> Epochs => [.. _state.Metrics.Select(MetricsFile.Parse)];

    private int? ClipSteps => _recipe.Data.ClipSteps == 0 ? null : _recipe.Data.ClipSteps;

    private bool IsDone => _state.StoppedEarly || _state.Epoch >= _recipe.Train.Epochs;

    private bool IsPaused => _options.PauseAfterEpochs <= _state.Epoch && IsValidated(_state.Epoch);

    /// <summary>Prepares a run, or goes on with the one that the folder holds.</summary>
    /// <param name="recipe">How to train.</param>
    /// <param name="train">The training videos.</param>
    /// <param name="validation">The validation videos: of the same emotions and encoders.</param>
    /// <param name="folder">Where everything goes; made if it is missing.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="RunFolderException">The folder holds a run of another recipe or other data, or is in use.</exception>
    /// <exception cref="DatasetException">Training and validation do not go together.</exception>
    /// <exception cref="RecipeException">The recipe does not fit the data.</exception>
    public static Trainer Open(
        Recipe recipe, VideoSet train, VideoSet validation, RunFolder folder, TrainerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(folder);
        ThrowIfApart(train, validation);
        NativeHeap.KeepFreedMemory();
        WritableFolder.Create(folder.Path);
        FileLock held = Hold(folder);
        try
        {
            return new Trainer(recipe, train, validation, folder, options ?? new TrainerOptions(), held, cancellationToken);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Trains to the end, or to the pause that the options ask for.</summary>
    /// <param name="progress">Hears of every step and validation, on the calling thread.</param>
    /// <param name="cancellationToken">Ends the run after the present step; it can go on later from its last validation.</param>
    /// <param name="untilCheckpoint">Ends the run after its next checkpoint, unless that is the last: nothing is lost.</param>
    /// <exception cref="TrainingDivergedException">The loss is no number any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, by either.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or files not written.</exception>
    public RunFinished Run(Action<TrainingEvent>? progress = null, CancellationToken cancellationToken = default, CancellationToken untilCheckpoint = default)
    {
        progress ??= _ => { };
        AtomicFile.Write(_folder.Recipe, stream => stream.Write(Encoding.UTF8.GetBytes(_state.Recipe)));
        WriteSummary();
        progress(new RunStarted(
            _recipe.Name,
            _train.Videos.Count,
            _validation.Videos.Count,
            [.. _train.Missing.Union(_validation.Missing, StringComparer.Ordinal)],
            [.. _train.Notes.Union(_validation.Notes, StringComparer.Ordinal)],
            _head.ParameterCount,
            _state.Precision,
            _state.Epoch,
            _recipe.Train.Epochs));
        EventFile? events = _options.TensorBoard ? EventFile.Open(_folder.TensorBoard, _train.Labels.Scheme, Epochs) : null;
        long began = Stopwatch.GetTimestamp();
        _head.train();
        while (!IsDone && !IsPaused)
        {
            int epoch = _state.Epoch;
            double loss = TrainEpoch(epoch, progress, cancellationToken);
            bool validates = IsValidated(epoch + 1);
            if (_tensors.Average is not null && epoch >= _recipe.Train.SwaFrom)
            {
                _tensors.Average.Add();
            }

            double rate = _recipe.Train.LearningRate * _schedule.FactorAt(epoch);
            ValidationScores? scores = validates ? Validate(epoch + 1, progress, cancellationToken) : null;
            _state = _state with
            {
                Epoch = epoch + 1,
                OptimizerSteps = _tensors.Optimizer.Steps,
                Averaged = _tensors.Average?.Count ?? 0,
                Metrics = _state.Metrics.Add(MetricsFile.RowOf(_train.Labels.Scheme, epoch + 1, rate, loss, scores)),
            };
            if (scores is not null)
            {
                MetricsFile.Write(_folder.Metrics, _train.Labels.Scheme, _state.Metrics);
                Checkpoint.Write(_folder.Checkpoint, _state, _tensors);
                events?.Add(Epochs); // What is said is never trained again.
                WriteSummary();
                WriteReport();
                if (!IsDone)
                {
                    untilCheckpoint.ThrowIfCancellationRequested();
                }
            }
        }

        if (!File.Exists(_folder.Report))
        {
            WriteReport(); // Killed between the last checkpoint and its page.
        }

        RunFinished finished = new(_state.Epoch, _state.StoppedEarly, _state.BestEpoch, _state.BestScores, _loader.Waited / Stopwatch.GetElapsedTime(began));
        progress(finished);
        return finished;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _sharpness?.Dispose();
        _tensors.Average?.Dispose();
        _tensors.Optimizer.Dispose();
        _crossModal?.Dispose();
        _head.Dispose();
        _lock.Dispose();
    }

    private bool IsValidated(int epochs) => epochs > 0 && (epochs % _recipe.Train.ValidateEvery == 0 || epochs == _recipe.Train.Epochs);

    private double TrainEpoch(int epoch, Action<TrainingEvent> progress, CancellationToken cancellationToken)
    {
        TrainRecipe train = _recipe.Train;
        IReadOnlyList<int[]> batches = EpochOrder.Batches(train.Seed, epoch, _train.Videos.Count, train.Batch, train.DropLast);
        double sum = 0;
        int done = 0;
        foreach (ClipBatch batch in _loader.Load(epoch, batches, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = AddGradients(batch, epoch, done);
            if (!double.IsFinite(loss))
            {
                throw Diverged(epoch, done, loss);
            }

            sum += loss;
            done++;
            if (done % train.Accumulate == 0 || done == batches.Count)
            {
                Step(epoch + ((done - 1.0) / batches.Count));
            }

            double epochs = epoch + ((double)done / batches.Count);
            double? best = _state.BestEpoch > 0 ? _state.BestScores[ValidationScores.Pearson] : null;
            progress(new StepDone(epochs, train.Epochs, sum / done, _state.LastPearson, best));
        }

        return sum / done;
    }

    private double AddGradients(ClipBatch batch, int epoch, int number)
    {
        long seed = CounterRandom.For(_recipe.Train.Seed, RandomPurpose.Dropout, epoch, number).NextSeed();
        manual_seed(seed);
        double loss = _step.AddGradients(batch, 1.0 / _recipe.Train.Accumulate);
        if (_sharpness is not null)
        {
            _sharpness.Climb();
            TrainingStep.DropGradients(_tensors.Weights);
            manual_seed(seed); // Both gradients are of the same network: the same numbers are dropped.
            _step.AddGradients(batch, 1);
            _sharpness.Return();
        }

        return loss;
    }

    private void Step(double epoch)
    {
        if (_recipe.Train.ClipNorm > 0)
        {
            GradientClipping.ClipNorm(_tensors.Weights, _recipe.Train.ClipNorm);
        }

        _tensors.Optimizer.LearningRate = _recipe.Train.LearningRate * _schedule.FactorAt(epoch);
        _tensors.Optimizer.Step();
        TrainingStep.DropGradients(_tensors.Weights);
    }

    private ValidationScores Validate(int epoch, Action<TrainingEvent> progress, CancellationToken cancellationToken)
    {
        using IDisposable? averaged = _tensors.Average is { Count: > 0 } average ? average.Apply() : null;
        ValidationScores scores = _validator.Run(_head, cancellationToken);
        string metric = RecipeText.NameOf(_recipe.Train.Metric);
        bool isBest = _state.BestEpoch == 0 || scores.ByName[metric] > _state.BestScores[metric];
        _state = isBest
            ? _state with { BestEpoch = epoch, BestScores = scores.ByName, BestVideos = scores.VideosBestFirst, SinceBest = 0, LastPearson = scores.All.Pearson }
            : _state with { SinceBest = _state.SinceBest + 1, LastPearson = scores.All.Pearson };
        _state = _state with { StoppedEarly = _recipe.Train.Patience > 0 && _state.SinceBest >= _recipe.Train.Patience };
        ModelContent content = Content(epoch, scores);
        ModelFile.Write(_folder.Last, content);
        if (isBest)
        {
            ModelFile.Write(_folder.Best, content);
        }

        progress(new Validated(epoch, scores.ByName, isBest));
        return scores;
    }

    private ModelContent Content(int epoch, ValidationScores scores) => new()
    {
        Description = new ModelDescription
        {
            Emotions = _train.Labels.Scheme.Names,
            Rate = _recipe.Data.Rate,
            ClipSteps = ClipSteps,
            VisualEncoder = _train.Visual?.Encoder,
            AudioEncoder = _train.Audio?.Encoder,
            Normalisation = HeadFactory.NormalisationOf(_recipe.Data.Normalisation),
            Position = HeadFactory.PositionOf(_recipe.Data),
            Head = _head.Config,
            Recipe = _state.Recipe,
            TrainedOn = TrainedOn(),
            Scores = scores.ByName.Add("epoch", epoch),
        },
        Weights = _head.CopyWeights(),
        VisualStatistics = _tensors.Statistics.Visual,
        AudioStatistics = _tensors.Statistics.Audio,
    };

    // "120 videos of train.csv by the recipe 'paper'; scored on 40 videos of val.csv"
    private string TrainedOn()
    {
        string Of(VideoSet set, string source) => _options.Sources.TryGetValue(source, out string? path)
            ? $"{set.Videos.Count} videos of {System.IO.Path.GetFileName(path)}"
            : $"{set.Videos.Count} videos";
        string scored = _recipe.Data.MergeValidation ? "that it was trained on too" : "that it was not trained on";
        return $"{Of(_train, "train_labels")} by the recipe '{_recipe.Name}'; scored on {Of(_validation, "val_labels")} {scored}";
    }

    private void WriteReport()
    {
        (ImmutableArray<ReportVideo> best, ImmutableArray<ReportVideo> worst) = RunReport.PredictVideos(_folder, _validation, _state.BestVideos);
        RunReport report = new()
        {
            Name = Path.GetFileName(Path.GetFullPath(_folder.Path).TrimEnd(Path.DirectorySeparatorChar)),
            Recipe = _recipe,
            Summary = Summary(),
            Parameters = _head.ParameterCount,
            Scheme = _train.Labels.Scheme,
            Epochs = Epochs,
            BestVideos = best,
            WorstVideos = worst,
        };
        RunPage.Write(report, _folder.Report);
    }

    private void WriteSummary() => Summary().Write(_folder);

    private RunSummary Summary() => new()
    {
        Recipe = _recipe.Name,
        Precision = _state.Precision,
        Sources = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, _options.Sources),
        TrainingVideos = _train.Videos.Count,
        ValidationVideos = _validation.Videos.Count,
        MissingVideos = [.. _train.Missing.Union(_validation.Missing, StringComparer.Ordinal)],
        Epochs = _state.Epoch,
        Finished = IsDone,
        StoppedEarly = _state.StoppedEarly,
        BestEpoch = _state.BestEpoch,
        BestScores = _state.BestScores,
    };

    private void ThrowIfAnotherRun(RunState? found)
    {
        if (found is null)
        {
            return;
        }

        if (found.Recipe != _state.Recipe)
        {
            Dictionary<string, string> before = new(RecipeWriter.Flatten(RecipeReader.Parse(found.Recipe, _folder.Checkpoint)));
            string differences = string.Join("; ", RecipeWriter.Flatten(_recipe).Where(key => before[key.Key] != key.Value).Select(key => $"{key.Key} was {before[key.Key]} and is {key.Value}"));
            throw new RunFolderException($"{_folder.Path} holds a run of another recipe: {differences}. Choose another folder, or remove this one.");
        }

        if (found.Data != _state.Data || found.Precision != _state.Precision)
        {
            string what = found.Precision != _state.Precision ? $"in {found.Precision}, and this machine would go on in {_state.Precision}" : "on other videos, labels or features";
            throw new RunFolderException($"{_folder.Path} holds a run {what}. Choose another folder, or remove this one.");
        }
    }

    private ModalityInput? Input(SetModality? modality, FeatureStatistics? statistics) => modality is null
        ? null
        : new ModalityInput(modality.Width, HeadFactory.NormalisationOf(_recipe.Data.Normalisation), statistics, HeadFactory.PositionOf(_recipe.Data));

    private static TrainingDivergedException Diverged(int epoch, int batch, double loss) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The loss is {loss} in batch {batch + 1} of epoch {epoch + 1}: the features hold numbers that are none, or the steps are too long. Try a smaller train.lr, or train.clip_norm."));

    private static Optimizer OptimizerOf(TrainRecipe train, NamedParameter[] weights) => train.Optimizer switch
    {
        OptimizerKind.Adam or OptimizerKind.Adamw => new Adam(weights, train.LearningRate, new AdamOptions
        {
            Beta1 = train.Beta1,
            Beta2 = train.Beta2,
            Epsilon = train.Epsilon,
            WeightDecay = train.WeightDecay,
            Decoupled = train.Optimizer == OptimizerKind.Adamw,
        }),
        OptimizerKind.Sgd => new Sgd(weights, train.LearningRate, new SgdOptions { Momentum = train.Momentum, Nesterov = train.Nesterov, WeightDecay = train.WeightDecay }),
        _ => throw new InvalidOperationException($"There is no optimizer {train.Optimizer}."),
    };

    private static void ThrowIfApart(VideoSet train, VideoSet validation)
    {
        Compare("emotions", train.Labels.Scheme.ToString(), validation.Labels.Scheme.ToString());
        Compare("visual features", $"{train.Visual}", $"{validation.Visual}");
        Compare("audio features", $"{train.Audio}", $"{validation.Audio}");

        void Compare(string what, string expected, string found)
        {
            if (expected != found)
            {
                throw new DatasetException($"Training and validation must have the same {what}: {train.Labels.Name} has {expected}; {validation.Labels.Name} has {found}.");
            }
        }
    }

    private static FileLock Hold(RunFolder folder) =>
        FileLock.TryTake(folder.Lock) ?? throw new RunFolderException($"{folder.Path} cannot be used: another run is under way there.");
}
