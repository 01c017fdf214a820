using System.Collections.Immutable;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Folds;
using Evoke.Files;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Cli.Compare;

/// <summary>The labels and features that models are compared on: given, or recorded in their folders.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Features">The features; null if none are known.</param>
/// <param name="Lag">How much earlier the labels are moved, in seconds.</param>
/// <param name="Catalog">The heads and losses that recipes and models may name.</param>
internal sealed record ComparedSources(string Labels, FeatureLocation? Features, double Lag, TrainingCatalog Catalog)
{
    /// <summary>Finds what was not given.</summary>
    /// <exception cref="WrongUseException">No labels are known, or folders record different ones.</exception>
    public static ComparedSources Of(
        ImmutableArray<ComparedPath> paths, string? labels, FeatureLocation? features, double? lag, TrainingCatalog catalog)
    {
        (string Path, string? Labels, double Lag)[] folds = [.. paths.Where(path => path.IsFolds).Select(ResultOf)];
        RunSources runs = labels is null || features is null
            ? RunSources.InCommon(paths.Where(path => path.IsRun).Select(path => path.Path))
            : new RunSources();
        string?[] known = labels is not null ? [labels] : [.. folds.Select(fold => fold.Labels), runs.ValidationLabels?.Path];
        string[] found = [.. known.OfType<string>().Distinct()];
        string one = found.Length == 1 ? found[0] : throw new WrongUseException(
            found.Length == 0
                ? "No folder records its labels: give --labels CSV."
                : $"The folders record different labels ({string.Join(", ", found)}): give --labels CSV.");
        return new(one, features ?? runs.Features, lag ?? LagOf(folds, paths, catalog), catalog);
    }

    private static (string Path, string? Labels, double Lag) ResultOf(ComparedPath folds)
    {
        string path = Path.Combine(folds.Path, CrossValidation.Scores);
        if (!File.Exists(path))
        {
            throw new WrongUseException($"{folds.Path}: this cross-validation is not finished; run 'evoke cross-validate' again to continue it.");
        }

        try
        {
            using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(path));
            string? labels = result.RootElement.TryGetProperty("labels", out JsonElement file) ? file.GetProperty("path").GetString() : null;
            return (folds.Path, labels, result.RootElement.GetProperty("lag").GetDouble());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new WrongUseException($"{path} cannot be read: {PlainMessage.Of(error)}");
        }
    }

    private static double LagOf((string Path, string? Labels, double Lag)[] folds, ImmutableArray<ComparedPath> paths, TrainingCatalog catalog)
    {
        (string Path, double Lag)[] known =
        [
            .. folds.Select(fold => (fold.Path, fold.Lag)),
            .. paths.Where(path => path.IsRun).Select(path => (path.Path, RecipeReader.Read(new RunFolder(path.Path).Recipe, catalog).Data.Lag)),
        ];
        string[] each = [.. known.Select(one => FormattableString.Invariant($"{one.Path}: {one.Lag} s"))];
        return known.Length == 0 ? 0
            : known.All(one => one.Lag == known[0].Lag) ? known[0].Lag
            : throw new WrongUseException($"The models were trained with different lags ({string.Join(", ", each)}): give --lag S.");
    }
}
