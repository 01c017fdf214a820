using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves;
using Evoke.Datasets.Demo;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Videos;
using Evoke.Training.Clips;

namespace Evoke.Experiments.Paper;

/// <summary>A data set for the paper's tables.</summary>
/// <remarks>
/// On disk: <c>train.csv</c>, <c>val.csv</c>; <c>test.csv</c> (ids and timestamps) and <c>test_labels.csv</c> if they exist; <c>features/</c> at 1 Hz;
/// <c>features-6hz/</c> for the dense rows of Table 1; <c>features-NAME/</c> of further encoders at 1 Hz, one row of Table 4 each; <c>videos/</c>, which
/// is read for the demo data set only. Not thread-safe: one thread at a time.
/// </remarks>
public sealed class ReproductionData : IDisposable
{
    /// <summary>The folder of the features that all tables use.</summary>
    public const string MainFeatures = "features";

    /// <summary>The folder of the features for the dense rows of Table 1.</summary>
    public const string DenseFeatures = "features-6hz";

    internal static Rate DenseRate { get; } = new(6);

    private readonly Dictionary<string, RecipeData> _joined = new(StringComparer.Ordinal);

    private ReproductionData(string folder, LabelSet train, LabelSet validation)
    {
        (Folder, Train, Validation) = (folder, train, validation);
        Folders =
        [
            .. from path in Directory.EnumerateDirectories(folder, MainFeatures + "*").Order(StringComparer.Ordinal)
               let name = Path.GetFileName(path)
               where name == MainFeatures || name.StartsWith(MainFeatures + "-", StringComparison.Ordinal)
               select FeatureFolder.Open(path, train),
        ];
        Main = Folders.FirstOrDefault(features => features.Name == MainFeatures) ?? throw new ReproductionDataException(
            $"{folder} has no features/. Extract them: evoke extract {Path.Combine(folder, "videos")} --visual swin-l --audio vggish --out "
            + $"{Path.Combine(folder, MainFeatures)}");
        string labels = Path.Combine(folder, "test_labels.csv"), times = Path.Combine(folder, "test.csv");
        Test = File.Exists(labels) ? LabelSet.Read(labels) : null;
        TestTimes = File.Exists(times) ? times : null;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Labels to train on.</summary>
    public LabelSet Train { get; }

    /// <summary>Labels to validate on.</summary>
    public LabelSet Validation { get; }

    /// <summary>Labels of the test videos; null if they are not known, as for EEV.</summary>
    public LabelSet? Test { get; }

    /// <summary>The file of the test videos' ids and timestamps; null if there is none.</summary>
    public string? TestTimes { get; }

    /// <summary>All features, by name.</summary>
    public ImmutableArray<FeatureFolder> Folders { get; }

    /// <summary>The features that all tables use.</summary>
    public FeatureFolder Main { get; }

    /// <summary>The features for 6 Hz; null if there are none.</summary>
    public FeatureFolder? Dense => Main.Rate.Hertz >= DenseRate.Hertz ? Main : Folders.FirstOrDefault(features => features.Name == DenseFeatures);

    /// <summary>The command that extracts the features for <see cref="Dense"/>.</summary>
    internal string DenseCommand => string.Create(
        CultureInfo.InvariantCulture,
        $"evoke extract {Path.Combine(Folder, "videos")} --visual {Main.Visual?.Name ?? EncoderCatalog.None} --audio {Main.Audio?.Name ?? EncoderCatalog.None} "
        + $"--rate {DenseRate} --out {Path.Combine(Folder, DenseFeatures)}");

    /// <summary>Opens a data set. Missing features of the demo data set are extracted with the encoders that need no weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="dense">True to extract features at 6 Hz, too.</param>
    /// <param name="progress">Called with the number of videos if features must be extracted; the result receives their progress.</param>
    /// <param name="cancellationToken">Cancels the extraction; complete files stay.</param>
    /// <exception cref="ReproductionDataException">Something is missing; the message says what, and which command creates it.</exception>
    /// <exception cref="EvokeException">A file cannot be read.</exception>
    public static async Task<ReproductionData> OpenAsync(
        string folder, bool dense, Func<int, IProgress<ExtractionEvent>>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.GetFullPath(folder);
        string train = Path.Combine(folder, "train.csv"), validation = Path.Combine(folder, "val.csv");
        string[] missing = [.. new[] { train, validation }.Where(path => !File.Exists(path)).Select(path => Path.GetFileName(path))];
        if (missing.Length > 0)
        {
            throw new ReproductionDataException(
                $"{folder} is not a data set for the paper's tables: it has no {string.Join(" and no ", missing)}. Expected: "
                + $"train.csv, val.csv and features/; 'evoke dataset demo --out {folder}' creates a small one.");
        }

        if (DemoDataset.IsIn(folder))
        {
            await ExtractAsync(folder, MainFeatures, new Rate(1), progress, cancellationToken).ConfigureAwait(false);
            if (dense)
            {
                await ExtractAsync(folder, DenseFeatures, DenseRate, progress, cancellationToken).ConfigureAwait(false);
            }
        }

        return new ReproductionData(folder, LabelSet.Read(train), LabelSet.Read(validation));
    }

    /// <summary>The training and validation videos with the features of a folder.</summary>
    /// <exception cref="ArgumentException">There is no such folder.</exception>
    public RecipeData With(string features)
    {
        if (!_joined.TryGetValue(features, out RecipeData? joined))
        {
            FeatureFolder folder = Folders.FirstOrDefault(known => known.Name == features)
                ?? throw new ArgumentException($"There is no {features} in {Folder}.", nameof(features));
            joined = new RecipeData(Train, Validation, new StoreFeatureSource(FeatureStore.Open(folder.Path)));
            _joined.Add(features, joined);
        }

        return joined;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RecipeData joined in _joined.Values)
        {
            joined.Features.Dispose();
        }
    }

    // Only videos without a feature file: existing features, perhaps from other encoders, stay.
    private static async Task ExtractAsync(
        string folder, string name, Rate rate, Func<int, IProgress<ExtractionEvent>>? progress, CancellationToken cancellationToken)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(Path.Combine(folder, name));
        VideoFile[] videos = [.. VideoFiles.Find([DemoDataset.VideosOf(folder)]).Where(video => !store.Contains(video.VideoId))];
        if (videos.Length == 0)
        {
            return;
        }

        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        using IVisualEncoder visual = catalog.CreateVisual("visual-lld");
        using IAudioEncoder audio = catalog.CreateAudio("audio-lld");
        FeatureExtractor extractor = new(visual, audio, new ExtractionOptions { Rate = rate });
        ExtractionRun run = new(extractor, store);
        ExtractionReport report = await run.RunAsync(videos, progress?.Invoke(videos.Length), cancellationToken).ConfigureAwait(false);
        if (report.Failed is [var failure, ..])
        {
            throw new ReproductionDataException(
                $"{report.Failed.Count} of {videos.Length} films of the demo data set could not be read; the first: {failure.Error.Message}");
        }
    }
}
