using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Training.Clips;

namespace Evoke.Training.Runs;

/// <summary>Where the data of a run came from, as run.json records it for later commands.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RunSources
{
    /// <summary>The labels that were trained on; null if unknown.</summary>
    public LabelFile? TrainLabels { get; init; }

    /// <summary>The labels that were validated on; null if unknown.</summary>
    public LabelFile? ValidationLabels { get; init; }

    /// <summary>The features of both; null if unknown.</summary>
    public FeatureLocation? Features { get; init; }

    /// <summary>The sources of a data set.</summary>
    /// <param name="data">Its labels.</param>
    /// <param name="features">Where its features are.</param>
    public static RunSources Of(RecipeData data, FeatureLocation features)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new() { TrainLabels = data.TrainingLabels.File, ValidationLabels = data.ValidationLabels.File, Features = features };
    }

    /// <summary>The same with full paths, so that they can be found from any folder.</summary>
    public RunSources WithFullPaths() => new()
    {
        TrainLabels = TrainLabels is null ? null : TrainLabels with { Path = Path.GetFullPath(TrainLabels.Path) },
        ValidationLabels = ValidationLabels is null ? null : ValidationLabels with { Path = Path.GetFullPath(ValidationLabels.Path) },
        Features = Features?.WithFullPaths(),
    };

    /// <summary>The sources that several runs, or model files in their folders, have in common; files elsewhere are ignored.</summary>
    /// <exception cref="RunFolderException">The runs used different validation labels or features, or a run.json is damaged.</exception>
    public static RunSources InCommon(IEnumerable<string> runsOrFiles)
    {
        ArgumentNullException.ThrowIfNull(runsOrFiles);
        (RunFolder Run, RunSources Sources)[] known = [.. runsOrFiles.Select(RunOf).OfType<RunFolder>().Select(run => (run, RunSummary.Read(run).Sources))];
        return new()
        {
            ValidationLabels = Same("validation labels", sources => sources.ValidationLabels),
            Features = Same("features", sources => sources.Features),
        };

        T? Same<T>(string what, Func<RunSources, T?> choose)
            where T : class
        {
            (RunFolder Run, T Value)[] said =
            [
                .. known.Select(run => (run.Run, Value: choose(run.Sources))).Where(run => run.Value is not null).Select(run => (run.Run, run.Value!)),
            ];
            foreach ((RunFolder run, T value) in said)
            {
                if (!value.Equals(said[0].Value))
                {
                    throw new RunFolderException(
                        $"The runs used different {what}: {said[0].Run.Path} has {said[0].Value}, {run.Path} has {value}. Specify which to use.");
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
