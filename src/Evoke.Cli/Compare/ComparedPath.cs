using System.Collections.Immutable;
using Evoke.Cli.Shell;
using Evoke.Datasets.Splits;
using Evoke.Experiments.Folds;
using Evoke.Training.Runs;

namespace Evoke.Cli.Compare;

/// <summary>Something that is compared, as it was named.</summary>
/// <param name="Name">The name in tables: the shortest end of the path that tells it from the others.</param>
/// <param name="Path">As given.</param>
internal sealed record ComparedPath(string Name, string Path)
{
    /// <summary>The folder of a cross-validation.</summary>
    public bool IsFolds => Directory.Exists(Path) && File.Exists(System.IO.Path.Combine(Path, "plan.json"));

    /// <summary>The folder of a training run.</summary>
    public bool IsRun => Directory.Exists(Path) && File.Exists(new RunFolder(Path).Summary);

    /// <summary>A file of predictions.</summary>
    public bool IsTable => IsFolds || (File.Exists(Path) && Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));

    /// <summary>The file of predictions.</summary>
    public string Table => IsFolds ? System.IO.Path.Combine(Path, CrossValidation.Predictions) : Path;

    /// <summary>The model file.</summary>
    public string Model => IsRun ? new RunFolder(Path).Best : Path;

    /// <summary>Names each path.</summary>
    /// <exception cref="WrongUseException">A path is there twice.</exception>
    public static ImmutableArray<ComparedPath> Of(string[] paths)
    {
        string[][] parts = [.. paths.Select(path => path.TrimEnd('/', '\\').Split('/', '\\'))];
        int most = parts.Max(part => part.Length);
        for (int length = 1; length <= most; length++)
        {
            string[] names = [.. parts.Select(part => string.Join('/', part.TakeLast(length)))];
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length)
            {
                return [.. names.Zip(paths, (name, path) => new ComparedPath(name, path))];
            }
        }

        throw new WrongUseException($"Each model can be named once; found {string.Join(", ", paths)}.");
    }

    /// <summary>The groups of cross-validations; every video on its own elsewhere.</summary>
    public static VideoGroups GroupsOf(IEnumerable<ComparedPath> paths) => paths.FirstOrDefault(path => path.IsFolds) is { } folds
        ? VideoGroups.FromTable(System.IO.Path.Combine(folds.Path, SplitFolder.Table))
        : VideoGroups.None;
}
