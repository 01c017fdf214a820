using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Curves;
using Evoke.Files;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Networks;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Ensembles;

/// <summary>A candidate for an ensemble.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">The given name: a run's folder or a model file.</param>
/// <param name="ModelPath">The model file; for a run, its best model.</param>
/// <param name="Pearson">The validation score recorded in the file; null if there is none.</param>
/// <param name="Rate">Steps per second of the model (Hz).</param>
/// <param name="SawValidation">True if it was trained on the validation videos too: its score then measures memorisation.</param>
public sealed partial record EnsembleCandidate(string Name, string ModelPath, double? Pearson, Rate Rate, bool SawValidation)
{
    private const string ScoreName = "pearson";

    /// <summary>The lag of its labels in training (<c>data.lag</c>), in seconds.</summary>
    public double LagSeconds { get; init; }

    /// <summary>Reads a run or a model file.</summary>
    /// <param name="runOrFile">The folder of a training run, or a model file.</param>
    /// <exception cref="RunFolderException">The folder does not contain a model yet.</exception>
    /// <exception cref="EnsembleException">The file is already an ensemble.</exception>
    /// <exception cref="EvokeException">The file is not an intact model.</exception>
    /// <param name="heads">The heads that the model may name; null for those that come with Evoke.</param>
    public static EnsembleCandidate Of(string runOrFile, HeadCatalog? heads = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(runOrFile);
        string path = Directory.Exists(runOrFile) ? BestOf(new RunFolder(runOrFile)) : runOrFile;
        using ModelFile file = ModelFile.Open(path, heads);
        if (file.Members.Count > 1)
        {
            throw new EnsembleException($"{runOrFile} is already an ensemble of {file.Members.Count} models; give the runs or model files of its members.");
        }

        ModelDescription model = file.Members[0];
        double? score = model.Scores.TryGetValue(ScoreName, out double pearson) ? pearson : null;
        return new(runOrFile, path, score, model.Rate, model.Recipe.Contains("merge_validation: true", StringComparison.Ordinal))
        {
            LagSeconds = Lag().Match(model.Recipe) is { Success: true } lag ? double.Parse(lag.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
        };
    }

    /// <summary>Reads several runs or model files.</summary>
    /// <exception cref="EnsembleException">One is given twice, or is already an ensemble.</exception>
    /// <exception cref="EvokeException">One is not an intact model.</exception>
    /// <param name="runsOrFiles">Folders of training runs, or model files.</param>
    /// <param name="heads">The heads that the models may name; null for those that come with Evoke.</param>
    public static IReadOnlyList<EnsembleCandidate> Of(IEnumerable<string> runsOrFiles, HeadCatalog? heads = null)
    {
        ArgumentNullException.ThrowIfNull(runsOrFiles);
        List<EnsembleCandidate> candidates = [.. runsOrFiles.Select(runOrFile => Of(runOrFile, heads))];
        IGrouping<string, EnsembleCandidate>? twice = candidates.GroupBy(candidate => Path.GetFullPath(candidate.ModelPath), StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? candidates
            : throw new EnsembleException($"{twice.Key} is given twice: {string.Join(" and ", twice.Select(candidate => candidate.Name))}.");
    }

    /// <summary>The best by validation score, best first; ties in the given order. All of them if there are no more than requested.</summary>
    /// <exception cref="EnsembleException">There are more than requested, and one has no score to choose by.</exception>
    public static IReadOnlyList<EnsembleCandidate> Best(IReadOnlyList<EnsembleCandidate> candidates, int top)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (candidates.Count > top && candidates.FirstOrDefault(candidate => candidate.Pearson is null) is { } unscored)
        {
            throw new EnsembleException(
                $"{unscored.Name} has no validation score '{ScoreName}', so the best {top} of {candidates.Count} models cannot be chosen; "
                + $"leave it out, or use all {candidates.Count}.");
        }

        return [.. candidates.OrderByDescending(candidate => candidate.Pearson ?? double.NegativeInfinity).Take(top)];
    }

    /// <summary>The lag that all candidates were trained with, in seconds.</summary>
    /// <exception cref="EnsembleException">They were trained with different lags: no labels fit all of them.</exception>
    internal static double CommonLag(IReadOnlyList<EnsembleCandidate> candidates)
    {
        EnsembleCandidate first = candidates[0];
        return candidates.FirstOrDefault(candidate => candidate.LagSeconds != first.LagSeconds) is { } other
            ? throw new EnsembleException(string.Create(
                CultureInfo.InvariantCulture,
                $"Members must be trained with the same data.lag; {first.Name} has {first.LagSeconds} s, {other.Name} has {other.LagSeconds} s."))
            : first.LagSeconds;
    }

    [GeneratedRegex(@"^ +lag: ([0-9.eE+-]+)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Lag();

    private static string BestOf(RunFolder run) => File.Exists(run.Best)
        ? run.Best
        : throw new RunFolderException(
            $"{run.Path} contains no model: expected {Path.GetFileName(run.Best)}, which a training run writes at its first validation.");
}
