using System.Collections.Immutable;
using Evoke.Training.Recipes;

namespace Evoke.Experiments.Paper;

/// <summary>Fills the paper's tables with the results so far.</summary>
internal sealed class TableBuilder
{
    private const string LabelCorrelationName = "label corr.";
    private static readonly TableMeasure s_validation = new("val corr.", 4);
    private static readonly TableMeasure s_detected = new("rows with labels", 4);
    private static readonly TableMeasure s_test = new("test corr.", 5);

    private readonly RunPlan _plan;
    private readonly IReadOnlyDictionary<PlannedRun, RunOutcome> _done;
    private readonly IReadOnlyDictionary<LabelFilterKind, double> _labels;
    private readonly double? _sparseLabels;
    private readonly FinalResult? _final;

    /// <summary>Creates it.</summary>
    /// <param name="plan">The runs of each row.</param>
    /// <param name="done">The runs that are done.</param>
    /// <param name="labels">Label correlations by filter; empty without Table 2.</param>
    /// <param name="final">The final submission; null before it is made.</param>
    public TableBuilder(RunPlan plan, IReadOnlyDictionary<PlannedRun, RunOutcome> done, LabelCorrelations labels, FinalResult? final)
    {
        (_plan, _done, _final) = (plan, done, final);
        (_labels, _sparseLabels) = (labels.ByFilter, labels.Sparse);
    }

    /// <summary>A table.</summary>
    public ReproducedTable Build(int number) => number switch
    {
        1 => Validated(1, "Strategies for dense predictions at 6 Hz", "sampling", PaperTables.Sampling, []),
        2 => FilterTable(),
        3 => Validated(
            3,
            "Loss functions",
            "loss",
            PaperTables.Losses,
            ["KL has no minimum at the labels: it falls as long as predictions grow, so its best model is an early one."]),
        4 => FinalTable(),
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, "The paper has tables 1 to 4."),
    };

    private static ReproducedTable Table(
        int number, string title, string rowTitle, ImmutableArray<TableMeasure> measures, IEnumerable<TableRow> rows, IEnumerable<string> notes) =>
        new(number, title, rowTitle, measures, [.. rows], [.. notes]);

    private ReproducedTable Validated(int number, string title, string rowTitle, IReadOnlyList<PaperRow> rows, IEnumerable<string> notes) =>
        Table(
            number,
            title,
            rowTitle,
            [s_validation, s_detected],
            rows.Select(row => new TableRow(row.Name, [.. ValidationCells(row)], _plan.MissingFor(row.Recipe))),
            notes);

    private ReproducedTable FilterTable() => Table(
        2,
        "Low-pass filters on the labels",
        "filter",
        [new TableMeasure(LabelCorrelationName, 2, HasSeeds: false), s_validation, s_detected],
        [
            .. PaperTables.Filters.Select(row => new TableRow(
                row.Name, [new TableCell(row.Labels, One(_labels.TryGetValue(row.Filter, out double value) ? value : null)), .. ValidationCells(row)])),
            new TableRow("none, at 1 Hz and interpolated", [new TableCell(null, One(_sparseLabels)), TableCell.Empty, TableCell.Empty]),
        ],
        ["Label correlation: the training labels against themselves after filtering at 1 Hz and interpolation to their rate. "
            + "Constant curves count as 0, so unfiltered labels stay below 1."]);

    private ReproducedTable FinalTable()
    {
        List<TableRow> rows =
        [
            new TableRow(FinalName(), [new TableCell(PaperTables.FinalTest, One(_final?.Test)), new TableCell(null, One(_final?.Validation))]),
        ];
        rows.AddRange(_plan.Backbones.Select(folder =>
        {
            (PaperFigure? validation, PaperFigure? test) = PaperTables.Single(folder.Visual?.Name);
            return Single($"one model, {folder.Encoders}", _plan.RunsOf(PaperTables.Paper, folder.Name), validation, test);
        }));
        rows.Add(Single("SML, the winners: their network", _plan.RunsOf(PaperTables.Winners), null, PaperTables.WinnersTest));
        rows.AddRange(PaperTables.OtherTeams.Select(team => new TableRow(team.Team, [new TableCell(team.Test, null), TableCell.Empty])));
        return Table(4, "The final submission", "model", [s_test, s_validation], rows, _final?.Notes() ?? []);
    }

    private string FinalName() => _final is null
        ? FormattableString.Invariant($"ensemble of {PaperTables.FinalMembers}")
        : FormattableString.Invariant(
            $"ensemble of {_final.Members.Length}{(_final.Members.Length < PaperTables.FinalMembers ? $" (paper: {PaperTables.FinalMembers})" : "")}");

    private TableRow Single(string name, IEnumerable<PlannedRun> runs, PaperFigure? validation, PaperFigure? test)
    {
        RunOutcome[] done = Done(runs);
        return new TableRow(
            name,
            [
                new TableCell(test, Scores(done.Select(run => run.Test).OfType<double>())),
                new TableCell(validation, Scores(done.Select(run => run.Validation))),
            ]);
    }

    private IEnumerable<TableCell> ValidationCells(PaperRow row)
    {
        RunOutcome[] done = Done(_plan.RunsOf(row.Recipe));
        return [new(row.Validation, Scores(done.Select(run => run.Validation))), new(null, Scores(done.Select(run => run.DetectedOnly)))];
    }

    private RunOutcome[] Done(IEnumerable<PlannedRun> runs) => [.. runs.Where(_done.ContainsKey).Select(run => _done[run])];

    private static SeedScores? Scores(IEnumerable<double> values) => values.ToImmutableArray() is { IsEmpty: false } some ? new SeedScores(some) : null;

    private static SeedScores? One(double? value) => value is { } known ? new SeedScores([known]) : null;
}
