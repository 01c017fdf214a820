using System.Text.Json;
using System.Text.Json.Serialization;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Heads.Models;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Paper;

/// <summary>
/// Reproduces the paper's tables on a data set: trains the runs that they need, each once, and puts the scores next to the paper's. It can be interrupted
/// at any moment and restarted: finished runs are not repeated, and the current one resumes from its last validation.
/// </summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class Reproduction
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly ReproductionData _data;
    private readonly ReproductionOptions _options;
    private readonly RunPlan _plan;
    private readonly string _folder;
    private readonly Dictionary<PlannedRun, RunOutcome> _done = [];
    private readonly HashSet<PlannedRun> _trained = [];
    private readonly List<string> _failures = [];
    private LabelCorrelations _labels = LabelCorrelations.None;
    private FinalResult? _final;

    /// <summary>Creates it.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="folder">The output folder: runs/, tables.md, tables.html, tables.json, ensemble.safetensors, submission.csv.</param>
    /// <param name="options">Which tables, and how; null for the defaults: all tables.</param>
    /// <exception cref="ArgumentException">There is no such table, or no seed.</exception>
    public Reproduction(ReproductionData data, string folder, ReproductionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_data, _folder, _options) = (data, Path.GetFullPath(folder), options ?? new ReproductionOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Seeds, 1, nameof(options));
        _plan = new RunPlan(data, _options);
        Sets = data.With(ReproductionData.MainFeatures).For(new Recipe());
        Scale = _options.Scale ?? ScaledRecipe.For(Sets.Train.Videos.Count);
    }

    /// <summary>The runs that the tables need, in order of execution.</summary>
    public IReadOnlyList<PlannedRun> Runs => _plan.Runs;

    /// <summary>The size of networks and training.</summary>
    public ReproductionScale Scale { get; }

    /// <summary>The tables as Markdown.</summary>
    public string MarkdownFile => Path.Combine(_folder, "tables.md");

    /// <summary>The tables as a page.</summary>
    public string PageFile => Path.Combine(_folder, "tables.html");

    /// <summary>The tables as JSON.</summary>
    public string JsonFile => Path.Combine(_folder, "tables.json");

    private RecipeSets Sets { get; }

    /// <summary>The recipe of a run, every key set.</summary>
    /// <exception cref="RecipeException">A setting in the options is invalid.</exception>
    public Recipe RecipeOf(PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ScaledRecipe.Read(run.Recipe, Scale, run.Seed, _options.Settings);
    }

    /// <summary>Trains the missing runs and makes the tables. The files are written after every run with the results so far.</summary>
    /// <param name="progress">Gets every step, on the calling thread: see <see cref="InlineProgress{T}"/>.</param>
    /// <param name="cancellationToken">Stops after the current step; it can be resumed later.</param>
    /// <param name="untilCheckpoint">Stops after the next checkpoint, so that no work is lost.</param>
    /// <exception cref="RunFolderException">A run's folder holds a run with another recipe or other data.</exception>
    /// <exception cref="RecipeException">A setting in the options is invalid.</exception>
    /// <exception cref="EvokeException">Labels and features do not match, or files cannot be read or written.</exception>
    public ReproductionReport Run(
        IProgress<ReproductionProgress>? progress = null, CancellationToken cancellationToken = default, CancellationToken untilCheckpoint = default)
    {
        if (_options.Tables.Contains(2))
        {
            _labels = LabelCorrelations.Of(_data.Train, cancellationToken);
        }

        for (int i = 0; i < Runs.Count; i++)
        {
            int position = i;
            Train(
                Runs[i],
                happening => progress?.Report(new ReproductionProgress(Runs[position], position, Runs.Count, happening)),
                cancellationToken,
                untilCheckpoint);
            WriteTables();
        }

        if (_options.Tables.Contains(4))
        {
            _final = FinalSubmission.Make(_data, _folder, CandidateFolders(), _options.Device, cancellationToken);
        }

        return WriteTables();
    }

    private void Train(PlannedRun run, Action<TrainingEvent> progress, CancellationToken cancellationToken, CancellationToken untilCheckpoint)
    {
        cancellationToken.ThrowIfCancellationRequested();
        untilCheckpoint.ThrowIfCancellationRequested();
        Recipe recipe = RecipeOf(run);
        RecipeData joined = _data.With(run.Features);
        RecipeSets sets = joined.For(recipe, cancellationToken);
        RunFolder folder = new(Path.Combine(_folder, "runs", run.FolderName));
        if (DivergenceMark.Read(folder, recipe) is { } said)
        {
            _failures.Add($"{run}: {said}");
            return;
        }

        using Trainer trainer = Trainer.Open(recipe, sets.Train, sets.Validation, folder, OptionsFor(run), cancellationToken);
        try
        {
            RunFinished finished = trainer.Run(
                new InlineProgress<TrainingEvent>(happening =>
                {
                    if (happening is StepDone)
                    {
                        _trained.Add(run);
                    }

                    progress(happening);
                }),
                cancellationToken,
                untilCheckpoint);
            _done[run] = new RunOutcome(
                folder, finished.BestScores[ValidationScores.Pearson], finished.BestScores[ValidationScores.PearsonDetectedOnly], TestOf(run, folder, joined));
        }
        catch (TrainingDivergedException error)
        {
            DivergenceMark.Write(folder, error);
            _failures.Add($"{run}: {error.Message}"); // the other runs do not need it
        }
    }

    private TrainerOptions OptionsFor(PlannedRun run) => new()
    {
        Device = _options.Device,
        Logger = _options.Logger,
        Sources = new RunSources
        {
            TrainLabels = _data.Train.File,
            ValidationLabels = _data.Validation.File,
            Features = new FeatureLocation { Folder = Path.Combine(_data.Folder, run.Features) },
        },
    };

    // Only rows of Table 4 have a test score.
    private double? TestOf(PlannedRun run, RunFolder folder, RecipeData joined)
    {
        if (_data.Test is null || !_options.Tables.Contains(4) || run.Recipe is not (PaperTables.Paper or PaperTables.Winners))
        {
            return null;
        }

        using HeadModel model = HeadModel.Load(folder.Best, new HeadModelOptions { Device = _options.Device });
        return Evaluator.Score(_data.Test, model, joined.Features, missingAsZeros: true).Pearson;
    }

    private string[] CandidateFolders() =>
    [
        .. from run in PaperTables.Candidates.SelectMany(recipe => _plan.RunsOf(recipe)).Append(RunPlan.Merged)
           where _done.ContainsKey(run)
           select _done[run].Folder.Path,
    ];

    private ReproductionReport WriteTables()
    {
        TableBuilder builder = new(_plan, _done, _labels, _final);
        ReproductionReport report = new()
        {
            Data = _data.Folder,
            Encoders = _data.Main.Encoders,
            Scale = Scale,
            Seeds = _options.Seeds,
            TrainingVideos = Sets.Train.Videos.Count,
            ValidationVideos = Sets.Validation.Videos.Count,
            MissingVideos = Sets.Train.Missing.Count + Sets.Validation.Missing.Count,
            Runs = Runs.Count,
            DoneRuns = _done.Count,
            TrainedRuns = _trained.Count,
            Failures = [.. _failures],
            Tables = [.. _options.Tables.Select(builder.Build)],
        };
        ReproductionMarkdown.Write(report, MarkdownFile);
        ReproductionPage.Write(report, PageFile);
        AtomicFile.Write(JsonFile, stream => JsonSerializer.Serialize(stream, report, s_json));
        return report;
    }
}
