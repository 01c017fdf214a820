using System.Collections.Immutable;
using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Labels;
using Evoke.Experiments.Comparisons;
using Evoke.Files.Text;
using Evoke.Training.Evaluation;

namespace Evoke.Cli.Compare;

/// <summary><c>evoke compare</c>.</summary>
internal sealed class CompareVerb : Verb
{
    private static readonly string[] s_scores = [.. ScoreKinds.All.Select(kind => kind.KeyOf())];

    private readonly Argument<string[]> _models = new("MODEL")
    {
        Description = "What to compare: model files, 'affect', folders of 'evoke train' or 'evoke cross-validate', or predictions as CSV files. "
            + "The others are compared with the first.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PathOption<string?> _labels = new("--labels", PathRole.InputFile)
    {
        Description = "Labels to compare on, a CSV file in EEV's format. Default for labels and features: those recorded in the folders.",
        HelpName = "CSV",
    };

    private readonly FeatureOptions _features = new();

    private readonly PathOption<string?> _trainLabels = new("--train-labels", PathRole.InputFile)
    {
        Description = "Labels that models were trained on: a clock and, with features, a ridge are fitted to them and every model is compared with both.",
        HelpName = "CSV",
    };

    private readonly PathOption<string?> _ratings = new("--ratings", PathRole.InputFolder)
    {
        Description = "Folder of 'evoke dataset import': models are compared with what single raters reach, and differences with the raters' noise.",
        HelpName = "DIR",
    };

    private readonly GroupOptions _groups = new();
    private readonly Option<string> _score = SharedOptions.Choice("--score", "The score to compare: pearson, spearman, ccc, rmse or mae.", s_scores);

    private readonly Option<double> _lag = NumberOptions.Number(
        "--lag", "How late raters answered, in seconds: labels are moved earlier by this first. Give the data.lag that the models were trained with.", "S",
        usual: 0, least: 0, most: 60);

    private readonly Option<string[]> _emotions = SharedOptions.Emotions("Comma-separated names of the curves to compare. Default: those of the labels.");

    private readonly Option<int> _seed = NumberOptions.Whole(
        "--seed", "The seed of the bootstrap and of the permutations.", "N", usual: Bootstrap.Seed, least: 0, most: int.MaxValue);

    private readonly PathOption<string[]> _tables = new("--table", PathRole.OutputFile)
    {
        Description = "Also write the comparisons to a file, as CSV (comparison.csv) or Markdown (comparison.md). May be repeated.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public CompareVerb()
        : base(
            "compare",
            "Compares models on the same labels: differences per video with intervals and p, against each other, a clock, a ridge, and single raters.",
            "evoke compare runs/1 runs/2 --labels val.csv --features features",
            "evoke compare cv/paper cv/demo --score ccc --table comparison.md",
            "evoke compare predicted.csv --labels val.csv --train-labels train.csv --features features --group-by '(.*)_clip\\d+' --ratings data")
    {
        Add(_models);
        Add(_labels);
        _features.AddTo(this);
        Add(_trainLabels);
        Add(_ratings);
        _groups.AddTo(this);
        Add(_score);
        Add(_lag);
        Add(_emotions);
        Add(_seed);
        Add(_tables);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        string[] tables = context.Get(_tables) ?? [];
        Array.ForEach(tables, ScoreTableFile.ThrowIfNeither);
        ComparisonReport report = ProgressDisplay.Show(context.Terminal, board => Compare(context, board));
        if (report.LeftOut.Length > 0)
        {
            context.Log(
                $"Left out: {Quantity.Of(report.LeftOut.Length, "video")} of {report.Labels} without a prediction by every model "
                + $"({string.Join(", ", report.LeftOut.Take(5))}{(report.LeftOut.Length > 5 ? ", …" : "")})");
        }

        foreach (string table in tables)
        {
            ComparisonTable.Write(report, table);
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(report);
        }
        else
        {
            ComparisonText.Write(context.Terminal.Out, report);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private ComparisonReport Compare(VerbContext context, IProgressBoard board)
    {
        ImmutableArray<ComparedPath> paths = ComparedPath.Of(context.GetRequired(_models));
        if (_features.Find(context) is not null && !context.IsGiven(_trainLabels) && paths.All(path => path.IsTable))
        {
            throw new WrongUseException("--features has no effect: all predictions are in files, and without --train-labels there is no ridge.");
        }

        double? lag = context.IsGiven(_lag) ? context.GetRequired(_lag) : null;
        ComparedSources sources = ComparedSources.Of(paths, context.Get(_labels), _features.Find(context), lag, context.Catalog);
        LabelSet labels = LabelSet.Read(sources.Labels).Select(context.Get(_emotions) ?? []).Earlier(sources.Lag);
        using ComparedCurves curves = new(labels, sources, board, context.CancellationToken);
        ImmutableArray<ModelCurves> models = [.. paths.Select(curves.Of)];
        ImmutableArray<ModelCurves> baselines = context.Get(_trainLabels) is { } train
            ? curves.Baselines(LabelSet.Read(train).Select(labels.Scheme.Names))
            : curves.BaselinesOf(paths);
        if (models.Length + baselines.Length < 2)
        {
            throw new WrongUseException(
                "There is nothing to compare with: name two models, or give --train-labels CSV for a clock and a ridge.");
        }

        return ComparisonReport.Of(
            new ComparisonInput
            {
                Labels = labels,
                Models = models,
                Baselines = baselines,
                Raters = context.Get(_ratings) is { } ratings ? RaterPanel.Read(ratings, labels, sources.Lag, context.CancellationToken) : null,
                Groups = _groups.IsGiven(context) ? _groups.Of(context) : ComparedPath.GroupsOf(paths),
                Score = ScoreKinds.All[Array.IndexOf(s_scores, context.GetRequired(_score))],
                Seed = context.GetRequired(_seed),
            },
            context.CancellationToken);
    }
}
