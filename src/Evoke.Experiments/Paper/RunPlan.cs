using System.Collections.Immutable;

namespace Evoke.Experiments.Paper;

/// <summary>Which runs the tables need, and why others are impossible.</summary>
internal sealed class RunPlan
{
    private readonly ReproductionData _data;
    private readonly int _seeds;

    public RunPlan(ReproductionData data, ReproductionOptions options)
    {
        (_data, _seeds) = (data, options.Seeds);
        Runs = [.. Seeded(options).Distinct()];
    }

    /// <summary>All runs, each once; those of seed 1 come first, so that every table has numbers early.</summary>
    public ImmutableArray<PlannedRun> Runs { get; }

    /// <summary>The features at 1 Hz, the main ones first: one single model of Table 4 each.</summary>
    public IEnumerable<FeatureFolder> Backbones =>
        _data.Folders.Where(folder => folder.Name != ReproductionData.DenseFeatures).OrderByDescending(folder => folder == _data.Main);

    /// <summary>The runs of a row: one for each seed; none if its features are missing.</summary>
    public IEnumerable<PlannedRun> RunsOf(string recipe, string? features = null) =>
        (features ?? FeaturesFor(recipe)) is { } folder ? Enumerable.Range(1, _seeds).Select(seed => new PlannedRun(recipe, folder, seed)) : [];

    /// <summary>Why a recipe cannot be trained; null if it can.</summary>
    public string? MissingFor(string recipe) => FeaturesFor(recipe) is null ? $"needs features at 6 Hz: {_data.DenseCommand}" : null;

    /// <summary>The one model that is also trained on validation videos.</summary>
    public static PlannedRun Merged { get; } = new(PaperTables.Merged, ReproductionData.MainFeatures, 1);

    private IEnumerable<PlannedRun> Seeded(ReproductionOptions options) =>
        from run in options.Tables.SelectMany(RunsOf)
        orderby run.Seed
        select run;

    private IEnumerable<PlannedRun> RunsOf(int table) => table switch
    {
        1 => PaperTables.Sampling.SelectMany(row => RunsOf(row.Recipe)),
        2 => PaperTables.Filters.SelectMany(row => RunsOf(row.Recipe)),
        3 => PaperTables.Losses.SelectMany(row => RunsOf(row.Recipe)),
        4 =>
        [
            .. Backbones.SelectMany(folder => RunsOf(PaperTables.Paper, folder.Name)),
            .. PaperTables.Candidates.SelectMany(recipe => RunsOf(recipe)),
            Merged,
            .. RunsOf(PaperTables.Winners),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(table), table, "The paper has tables 1 to 4."),
    };

    private string? FeaturesFor(string recipe) => recipe.StartsWith("paper-6hz", StringComparison.Ordinal) ? _data.Dense?.Name : ReproductionData.MainFeatures;
}
