using Evoke.Datasets.Sources;
using Evoke.Training.Epochs;

namespace Evoke.Training.Runs;

/// <summary>The data of a run, as run.json remembers it for verbs that come after.</summary>
public sealed record RunSources
{
    private const string TrainLabelsKey = "train_labels";
    private const string ValidationLabelsKey = "val_labels";

    /// <summary>The labels that were trained on; null if unknown.</summary>
    public string? TrainLabels { get; init; }

    /// <summary>The labels that were validated on; null if unknown.</summary>
    public string? ValidationLabels { get; init; }

    /// <summary>The features of both; null if unknown.</summary>
    public FeatureLocation? Features { get; init; }

    /// <summary>The sources by name, paths in full: what <see cref="TrainerOptions.Sources"/> takes.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        Dictionary<string, string> sources = new(Features?.ToSources() ?? new Dictionary<string, string>());
        Add(TrainLabelsKey, TrainLabels);
        Add(ValidationLabelsKey, ValidationLabels);
        return sources;

        void Add(string key, string? path)
        {
            if (path is not null)
            {
                sources[key] = Path.GetFullPath(path);
            }
        }
    }

    /// <summary>The sources that a run remembers.</summary>
    public static RunSources Of(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new()
        {
            TrainLabels = summary.Sources.GetValueOrDefault(TrainLabelsKey),
            ValidationLabels = summary.Sources.GetValueOrDefault(ValidationLabelsKey),
            Features = FeatureLocation.OfSources(summary.Sources),
        };
    }

    /// <summary>What several runs, or model files within their folders, agree on; files that lie elsewhere say nothing.</summary>
    /// <exception cref="RunFolderException">Runs remember different validation labels or features, or a run.json is damaged.</exception>
    public static RunSources InCommon(IEnumerable<string> runsOrFiles)
    {
        ArgumentNullException.ThrowIfNull(runsOrFiles);
        (RunFolder Run, RunSources Sources)[] known = [.. runsOrFiles.Select(RunOf).OfType<RunFolder>().Select(run => (run, Of(RunSummary.Read(run))))];
        return new()
        {
            ValidationLabels = Same("validation labels", sources => sources.ValidationLabels),
            Features = Same("features", sources => sources.Features),
        };

        T? Same<T>(string what, Func<RunSources, T?> choose)
            where T : class
        {
            (RunFolder Run, T Value)[] said = [.. known.Select(run => (run.Run, Value: choose(run.Sources))).Where(run => run.Value is not null).Select(run => (run.Run, run.Value!))];
            foreach ((RunFolder run, T value) in said)
            {
                if (!value.Equals(said[0].Value))
                {
                    throw new RunFolderException($"The runs remember different {what}: {said[0].Run.Path} has {said[0].Value}, {run.Path} has {value}. Say which to use.");
                }
            }

            return said.Length == 0 ? null : said[0].Value;
        }
    }

    private static RunFolder? RunOf(string runOrFile)
    {
        RunFolder folder = new(Directory.Exists(runOrFile) ? runOrFile : Path.GetDirectoryName(Path.GetFullPath(runOrFile)) ?? runOrFile);
        return File.Exists(folder.Summary) ? folder : null;
    }
}
