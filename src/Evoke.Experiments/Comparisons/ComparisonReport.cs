using System.Collections.Immutable;
using Evoke.Curves.Csv;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Files.Text;

namespace Evoke.Experiments.Comparisons;

/// <summary>The result of comparing models on the same labels.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ComparisonReport
{
    /// <summary>The score: "pearson".</summary>
    public required string Score { get; init; }

    /// <summary>The labels.</summary>
    public required string Labels { get; init; }

    /// <summary>Number of videos that all models predict.</summary>
    public required int Videos { get; init; }

    /// <summary>Number of their groups.</summary>
    public required int Groups { get; init; }

    /// <summary>How they are grouped.</summary>
    public required string Grouping { get; init; }

    /// <summary>The smallest p that this number of groups can give.</summary>
    public required double SmallestP { get; init; }

    /// <summary>True if p are of all signs, false if of a sample.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Videos with labels that not all models predict: they were left out.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>The models and baselines in pairs.</summary>
    public required ImmutableArray<ModelComparison> Comparisons { get; init; }

    /// <summary>Models beside the raters; empty without raters.</summary>
    public required ImmutableArray<CeilingComparison> Ceiling { get; init; }

    /// <summary>Compares.</summary>
    /// <exception cref="DatasetException">No video is predicted by all, a video has no group, or two models have one name.</exception>
    public static ComparisonReport Of(ComparisonInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ModelCurves[] all = [.. input.Models, .. input.Baselines];
        if (all.GroupBy(model => model.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new DatasetException($"Expected a name of its own for each model and baseline; found two of the name '{twice.Key}'.");
        }

        string[] common = [.. input.Labels.Videos.Select(video => video.VideoId).Where(id => all.All(model => model.Videos.ContainsKey(id)))];
        if (common.Length == 0)
        {
            throw new DatasetException(
                $"No video of {input.Labels.Name} is predicted by all of "
                + $"{string.Join(", ", all.Select(model => $"{model.Name} ({Quantity.Of(model.Videos.Count, "video")})"))}.");
        }

        LabelSet labels = input.Labels.Only(input.Labels.Name, common);
        Dictionary<string, ScoreTable> tables = all.ToDictionary(model => model.Name, model => TableOf(labels, model), StringComparer.Ordinal);
        string[] scored = [.. tables[all[0].Name].Videos.Select(video => video.VideoId)];
        ImmutableArray<string> groups = input.Groups.Of(scored);
        int count = groups.Distinct().Count();
        return new()
        {
            Score = input.Score.KeyOf(),
            Labels = input.Labels.Name,
            Videos = scored.Length,
            Groups = count,
            Grouping = input.Groups.Description,
            SmallestP = SignFlipTest.SmallestOf(count),
            IsExact = count <= SignFlipTest.MostExact,
            LeftOut = [.. input.Labels.Videos.Select(video => video.VideoId).Except(common)],
            Comparisons = [.. PairsOf(input).Select(pair => Compared(pair.A, pair.B))],
            Ceiling = input.Raters is null ? [] : [.. input.Models.SelectMany(model => CeilingOf(input, model, tables[model.Name], groups))],
        };

        ModelComparison Compared(ModelCurves a, ModelCurves b)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var comparison = ModelComparison.Of(a.Name, tables[a.Name], b.Name, tables[b.Name], groups, input.Score, input.Seed);
            return input.Raters is null ? comparison : WithRaters(comparison, input, labels, a, b);
        }
    }

    private static IEnumerable<(ModelCurves A, ModelCurves B)> PairsOf(ComparisonInput input) =>
    [
        .. input.Models.Skip(1).Select(model => (input.Models[0], model)),
        .. input.Models.SelectMany(model => input.Baselines.Select(baseline => (baseline, model))),
    ];

    private static ScoreTable TableOf(LabelSet labels, ModelCurves model)
    {
        ScoreTable table = new(labels.Scheme);
        foreach (LabelledVideo video in labels.Videos)
        {
            table.Add(video.VideoId, video.Curves, model.Videos[video.VideoId]);
        }

        return table;
    }

    private static ModelComparison WithRaters(ModelComparison comparison, ComparisonInput input, LabelSet labels, ModelCurves a, ModelCurves b)
    {
        string[] curves = [.. comparison.Curves.Select(curve => curve.Curve!)];
        return comparison with
        {
            All = comparison.All with { RatersInterval = Panels(curves) },
            Curves = [.. comparison.Curves.Select(curve => curve with { RatersInterval = Panels([curve.Curve!]) })],
        };

        ScoreInterval? Panels(string[] chosen) => input.Raters!.DifferenceOverPanels(labels, a, b, chosen, input.Score, input.Seed);
    }

    private static IEnumerable<CeilingComparison> CeilingOf(ComparisonInput input, ModelCurves model, ScoreTable table, IReadOnlyList<string> groups)
    {
        string[] videos = [.. table.Videos.Select(video => video.VideoId)];
        double[][] ceilings = [.. table.Scheme.Names.Select(curve => input.Raters!.Ceiling(videos, curve, input.Score))];
        double[][] scores = [.. Enumerable.Range(0, table.Scheme.Count).Select(OfCurve)];
        IEnumerable<CeilingComparison?> found =
        [
            .. table.Scheme.Names.Select((name, curve) =>
                CeilingComparison.Of(model.Name, name, scores[curve], ceilings[curve], groups, input.Score, input.Seed)),
            CeilingComparison.Of(model.Name, null, MeansOf(scores, scores, ceilings), MeansOf(ceilings, scores, ceilings), groups, input.Score, input.Seed),
        ];
        return found.OfType<CeilingComparison>();

        double[] OfCurve(int curve) => [.. table.Videos.Select(video => video.Of(input.Score, curve))];
    }

    // For each video the mean over the curves that have both a score and a ceiling.
    private static double[] MeansOf(double[][] values, double[][] scores, double[][] ceilings) =>
    [
        .. Enumerable.Range(0, values[0].Length).Select(video => Enumerable.Range(0, values.Length)
            .Where(curve => !double.IsNaN(scores[curve][video]) && !double.IsNaN(ceilings[curve][video]))
            .Select(curve => values[curve][video]).DefaultIfEmpty(double.NaN).Average()),
    ];
}
