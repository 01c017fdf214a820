using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Datasets.Splits;
using Evoke.Files;
using Evoke.Training.Epochs;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evoke.Experiments.Folds;

/// <summary>
/// Trains a recipe once for each fold and predicts the videos of the fold, which the model has not seen. Folds are independent: they may be done by one
/// process, or by the shards of several, and what is done is not done again.
/// </summary>
/// <remarks>
/// The folder has <c>plan.json</c>, <c>split.csv</c> and, for each fold, its run and predictions; when all folds are done <c>predictions.csv</c> (and
/// <c>clock.csv</c>, <c>ridge.csv</c>), <c>scores.json</c>, <c>scores.csv</c> and <c>scores.md</c>. The process that finds all folds done writes these; if
/// two do at once, they write the same bytes. One thread at a time.
/// </remarks>
public sealed class CrossValidation
{
    /// <summary>The file of the out-of-fold predictions.</summary>
    public const string Predictions = FoldRun.Model + ".csv";

    /// <summary>The file of the result.</summary>
    public const string Scores = "scores.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly Recipe _recipe;
    private readonly LabelSet _all;
    private readonly LabelSet _labels;
    private readonly IFeatureSource _features;
    private readonly CrossValidationOptions _options;
    private readonly TrainerOptions _training;
    private readonly ILogger _log;
    private readonly ImmutableArray<string> _groups;
    private readonly ImmutableArray<FoldRun> _folds;
    private readonly string _folder;

    /// <summary>Divides a data set into folds; writes nothing.</summary>
    /// <param name="recipe">The recipe of all folds.</param>
    /// <param name="labels">The labels. Videos without features are left out.</param>
    /// <param name="features">The features.</param>
    /// <param name="folder">The output folder.</param>
    /// <param name="options">How to divide them; null for the defaults.</param>
    /// <param name="training">Options of the runs; null for the defaults. Its <see cref="TrainerOptions.Logger"/> gets what happens beside the runs
    /// too.</param>
    /// <exception cref="EvokeException">There are too few groups, a video has none, or no video has features.</exception>
    public CrossValidation(
        Recipe recipe, LabelSet labels, IFeatureSource features, string folder, CrossValidationOptions? options = null, TrainerOptions? training = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (options is { FindsLag: true } && recipe.Data.Lag > 0)
        {
            throw new CrossValidationException($"The lag is found in each fold: data.lag must be 0; found {recipe.Data.Lag:0.###}.");
        }

        (_recipe, _all, _features, _folder) = (recipe, labels, features, Path.GetFullPath(folder));
        (_options, _training) = (options ?? new CrossValidationOptions(), training ?? new TrainerOptions());
        _log = _training.Logger ?? NullLogger.Instance;
        MissingVideos = [.. Evaluator.MissingFrom(labels, features)];
        _labels = labels.Only(labels.Name, labels.Videos.Select(video => video.VideoId).Except(MissingVideos));
        _groups = _options.Groups.Of(_labels.Videos.Select(video => video.VideoId));
        _folds = [.. FoldDrawing.Draw(_labels, _groups, _options).Select(fold => new FoldRun(fold, recipe, _labels, features, _folder, _options))];
    }

    /// <summary>The folds.</summary>
    public IReadOnlyList<Fold> Folds => [.. _folds.Select(fold => fold.Fold)];

    /// <summary>Ids of videos with labels but without features: they are left out.</summary>
    public ImmutableArray<string> MissingVideos { get; }

    /// <summary>Does the folds of one shard, and the result if all folds are done then.</summary>
    /// <param name="shard">Which part of the folds to do, from 0.</param>
    /// <param name="shards">The number of parts: fold i is done by shard (i - 1) modulo this.</param>
    /// <param name="progress">Gets every step, on the calling thread: see <see cref="InlineProgress{T}"/>.</param>
    /// <param name="cancellationToken">Stops after the current step; it can be continued later.</param>
    /// <param name="untilCheckpoint">Stops after the next checkpoint, so that no work is lost.</param>
    /// <exception cref="CrossValidationException">The folder holds another cross-validation.</exception>
    /// <exception cref="EvokeException">Labels and features do not match, or files cannot be read or written.</exception>
    public CrossValidationState Run(
        int shard = 0,
        int shards = 1,
        IProgress<FoldProgress>? progress = null,
        CancellationToken cancellationToken = default,
        CancellationToken untilCheckpoint = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shards);
        WritableFolder.Create(_folder);
        Plan(cancellationToken).Keep(_folder, _recipe.Catalog);
        WriteSplit();
        FoldRun[] own = [.. _folds.Where((_, i) => i % shards == shard)];
        SortedDictionary<int, string> diverged = [];
        LogStart(own.Length);
        for (int i = 0; i < own.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            untilCheckpoint.ThrowIfCancellationRequested();
            FoldRun fold = own[i];
            if (fold.IsDone)
            {
                _log.FoldSkipped(fold.Fold.Name);
                continue;
            }

            try
            {
                int position = i;
                long began = Stopwatch.GetTimestamp();
                fold.Do(
                    _training,
                    new InlineProgress<TrainingEvent>(happening => progress?.Report(new FoldProgress(fold.Fold, position, own.Length, happening))),
                    cancellationToken,
                    untilCheckpoint);
                _log.FoldDone(fold.Fold.Name, Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
            catch (TrainingDivergedException error)
            {
                _log.FoldDiverged(error, fold.Fold.Name);
                diverged[fold.Fold.Number] = error.Message;
            }
        }

        ImmutableArray<int> waiting = [.. _folds.Where(fold => !fold.IsDone).Select(fold => fold.Fold.Number).Except(diverged.Keys)];
        bool isDone = waiting.IsEmpty && diverged.Count == 0;
        CrossValidationReport? report = isDone ? WriteReport() : null;
        LogEnd(report, waiting.Length, diverged.Count);
        return new(report, waiting, diverged.ToImmutableSortedDictionary());
    }

    private void LogStart(int own)
    {
        _log.CrossValidationStarted(_recipe.Name, _folder, own, _folds.Length, _labels.Videos.Count);
        if (MissingVideos is [var first, ..])
        {
            _log.FoldVideosMissing(_folder, MissingVideos.Length, first);
        }
    }

    private void LogEnd(CrossValidationReport? report, int waiting, int diverged)
    {
        if (report is null)
        {
            _log.FoldsLeft(_folder, waiting, diverged);
        }
        else
        {
            _log.CrossValidationEnded(_folder, report.Models[0].All[ScoreKind.Pearson.KeyOf()].Mean);
        }
    }

    private FoldPlan Plan(CancellationToken cancellationToken) => new()
    {
        Recipe = RecipeWriter.Write(_recipe),
        Epoch = EpochName,
        Baselines = _options.WithBaselines,
        FindsLag = _options.FindsLag,
        Folds = [.. Folds],
        Data = VideoSet.Join(_labels, _features, _recipe.Data.Modalities, _recipe.Data.Rate, cancellationToken).Fingerprint,
    };

    private string EpochName => _options.Epoch == EpochChoice.Best ? "best" : "last";

    private void WriteSplit()
    {
        Dictionary<string, string> folds = _folds.SelectMany(fold => fold.Fold.Test.Select(id => (id, fold.Fold.Name)))
            .ToDictionary(pair => pair.id, pair => pair.Name, StringComparer.Ordinal);
        CsvTable.Write(
            Path.Combine(_folder, SplitFolder.Table),
            ["video", "group", "part"],
            _labels.Videos.Select(IReadOnlyList<string> (video, i) => [video.VideoId, _groups[i], folds[video.VideoId]]));
    }

    private CrossValidationReport WriteReport()
    {
        string[] names = _options.WithBaselines ? [FoldRun.Model, FoldRun.Clock, FoldRun.Ridge] : [FoldRun.Model];
        LabelSet shifted = _labels.Earlier(_recipe.Data.Lag);
        Dictionary<string, string> groups = _labels.Videos.Select((video, i) => (video.VideoId, Group: _groups[i]))
            .ToDictionary(video => video.VideoId, video => video.Group, StringComparer.Ordinal);
        List<ModelEstimate> models = [];
        foreach (string name in names)
        {
            string path = Path.Combine(_folder, name + ".csv");
            LabelSet predicted = FoldPredictions.Join(_folds.Select(fold => fold.FileOf(name)), _labels, path);
            ScoreTable table = ScoresOf(shifted, predicted);
            models.Add(ModelEstimate.Of(
                name == FoldRun.Model ? "model" : name, path, table, [.. table.Videos.Select(video => groups[video.VideoId])]));
            if (name == FoldRun.Model)
            {
                ScoreTableFile.Write(table, Path.Combine(_folder, "scores.csv"));
                ScoreTableFile.Write(table, Path.Combine(_folder, "scores.md"));
            }
        }

        CrossValidationReport report = new()
        {
            Recipe = _recipe.Name,
            Labels = _all.File is { } file ? file with { Path = Path.GetFullPath(file.Path) } : null,
            Lag = _recipe.Data.Lag,
            FoldLags = _options.FindsLag ? [.. _folds.Select(fold => fold.Lag)] : [],
            Epoch = EpochName,
            Grouping = _options.Groups.Description,
            Folds = _folds.Length,
            Groups = _groups.Distinct().Count(),
            Videos = _labels.Videos.Count,
            MissingVideos = MissingVideos,
            Models = [.. models],
        };
        AtomicFile.Write(Path.Combine(_folder, Scores), stream => JsonSerializer.Serialize(stream, report, s_json));
        return report;
    }

    private static ScoreTable ScoresOf(LabelSet labels, LabelSet predicted)
    {
        ScoreTable table = new(labels.Scheme);
        foreach (LabelledVideo video in labels.Videos)
        {
            EmotionCurves whole = predicted.Find(video.VideoId)!.Curves;
            table.Add(video.VideoId, video.Curves, RowCropping.Cropped(whole, video.Curves.Grid).As(labels.Scheme));
        }

        return table;
    }
}
