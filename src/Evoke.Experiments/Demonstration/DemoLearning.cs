using System.Runtime.ExceptionServices;
using Evoke.Curves.Csv;
using Evoke.Datasets;
using Evoke.Datasets.Demo;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Heads.Models;
using Evoke.Media.Videos;
using Evoke.Training.Epochs;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Demonstration;

/// <summary>
/// Training without downloads: films are generated, features are extracted by encoders without weights, and a head is trained and scored on unseen films.
/// </summary>
/// <remarks>
/// Everything is in one folder, and each part resumes where it stopped: <c>videos</c>, the label files of <see cref="DemoDataset"/>, <c>features</c>, and
/// a folder for each run. Not thread-safe: one thread at a time.
/// </remarks>
public sealed class DemoLearning
{
    private readonly string _folder;
    private readonly FeatureStore _store;

    /// <summary>Draws the films; writes nothing but an empty features folder.</summary>
    /// <param name="folder">The output folder; created if it does not exist.</param>
    /// <param name="options">Which films.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few films, or they are too short.</exception>
    public DemoLearning(string folder, DemoDatasetOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Dataset = DemoDataset.Draw(options);
        _folder = folder;
        _store = FeatureStore.OpenOrCreate(Path.Combine(folder, "features"));
    }

    /// <summary>The films and their labels.</summary>
    public DemoDataset Dataset { get; }

    /// <summary>The file of a film.</summary>
    public string PathOf(string videoId) => Path.Combine(DemoDataset.VideosOf(_folder), videoId + ".mp4");

    /// <summary>The folder of a run.</summary>
    public RunFolder RunOf(string name) => new(Path.Combine(_folder, name));

    /// <summary>Generates the films and the label files.</summary>
    /// <inheritdoc cref="DemoDataset.WriteAsync"/>
    public Task MakeFilmsAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Dataset.WriteAsync(_folder, progress, cancellationToken);

    /// <summary>Extracts the features of all films with the encoders that need no weights.</summary>
    /// <param name="progress">Called for every event.</param>
    /// <param name="cancellationToken">Cancels the work; complete files stay.</param>
    /// <exception cref="DatasetException">A film cannot be read; the message names it.</exception>
    /// <exception cref="FileWriteException">The features cannot be written.</exception>
    public async Task ExtractAsync(IProgress<ExtractionEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        VideoFile[] films = [.. Dataset.Films.Select(film => new VideoFile(film.VideoId, PathOf(film.VideoId)))];
        int atOnce = Math.Min(VideosAtOnce.Usual, films.Length);
        ExtractionOptions options = VideosAtOnce.Sharing(new ExtractionOptions(), atOnce);
        List<IDisposable> encoders = [];
        ExtractionReport report;
        try
        {
            ExtractionRun run = new([.. Enumerable.Range(0, atOnce).Select(_ => Extractor())], _store);
            report = await run.RunAsync(films, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            encoders.ForEach(encoder => encoder.Dispose());
        }

        if (report.EndedBy is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        if (report.Failed is [var first, ..])
        {
            throw new DatasetException(
                $"{report.Failed.Count} of {films.Length} generated films cannot be read. '{first.Video.Path}': {first.Error.Message}");
        }

        FeatureExtractor Extractor()
        {
            IVisualEncoder visual = catalog.CreateVisual("visual-lld");
            encoders.Add(visual);
            IAudioEncoder audio = catalog.CreateAudio("audio-lld");
            encoders.Add(audio);
            return new FeatureExtractor(visual, audio, options);
        }
    }

    /// <summary>Joins labels and features of the three sets.</summary>
    /// <param name="data">Which features, at which rate.</param>
    /// <exception cref="DatasetException">There are no features yet.</exception>
    public LearningSets Open(DataRecipe data)
    {
        ArgumentNullException.ThrowIfNull(data);
        StoreFeatureSource features = new(_store);
        return new LearningSets(Join("train.csv"), Join("val.csv"), Join("test_labels.csv"));

        VideoSet Join(string labels) => VideoSet.Join(LabelSet.Read(Path.Combine(_folder, labels)), features, data.Modalities, data.Rate);
    }

    /// <summary>Scores the feelings themselves, before noise and gaps were added: an upper bound for any model.</summary>
    public EvaluationReport ScoreFeelings(LearningSets sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        IEnumerable<DemoDatasetFilm> unseen = Dataset.Films.Where(film => film.Split == DatasetSplit.Test);
        IEnumerable<LabelledVideo> feelings = unseen.Select(film => new LabelledVideo(film.VideoId, DemoDataset.FeelingsOf(film)));
        return Evaluator.Score(sets.Test.Labels, new LabelSet("feelings", sets.Test.Labels.Scheme, feelings));
    }

    /// <summary>Trains a head, or resumes an interrupted run.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sets">The data.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="progress">Gets every step and validation, on the calling thread.</param>
    /// <param name="cancellationToken">Stops the run; it can be resumed later.</param>
    /// <returns>The best head, on the CPU; the caller must dispose it.</returns>
    /// <exception cref="EvokeException">As <see cref="Trainer"/> throws.</exception>
    public HeadModel Train(
        Recipe recipe, LearningSets sets, string name, IProgress<TrainingEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        RunFolder run = RunOf(name);
        RunSources sources = new()
        {
            TrainLabels = sets.Train.Labels.File,
            ValidationLabels = sets.Validation.Labels.File,
            Features = new FeatureLocation { Folder = _store.Folder },
        };
        using Trainer trainer = Trainer.Open(recipe, sets.Train, sets.Validation, run, new TrainerOptions { Sources = sources }, cancellationToken);
        trainer.Run(progress, cancellationToken);
        return HeadModel.Load(run.Best);
    }
}
