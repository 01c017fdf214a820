using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Files.Text;
using Evoke.Heads.Reactions;
using Evoke.Training.Evaluation;

namespace Evoke.Cli.Evaluate;

/// <summary><c>evoke evaluate</c>.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly PathOption<string> _labels = new("--labels", PathRole.InputFile)
    {
        Description = "Labels to score against, a CSV file in EEV's format.",
        HelpName = "CSV",
        Required = true,
    };

    private readonly Option<string[]> _predictions = new("--predictions")
    {
        Description = "Predictions: CSV files in EEV's format, or folders of them.",
        HelpName = "CSV|FOLDER",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly ModelChoice _model = new();
    private readonly FeatureOptions _features = new();
    private readonly Option<bool> _zeros = new("--missing-as-zeros")
    {
        Description = "Score videos without predictions as if all their predictions were zero, as the EEV challenge did.",
    };

    private readonly Option<double> _lag = NumberOptions.Number(
        "--lag", "How late raters answered, in seconds: labels are moved earlier by this first. Give the data.lag that the model was trained with.", "S",
        usual: 0, least: 0, most: 60);

    private readonly Option<string[]> _emotions = SharedOptions.Emotions(
        "Comma-separated names of the curves to score, in any case; both sides must have them. Default: all, and both sides must have the same.");

    private readonly PathOption<string[]> _tables = new("--table", PathRole.OutputFile)
    {
        Description = "Also write all scores to a file: of every video and curve as CSV (scores.csv), or of every curve as Markdown (scores.md). "
            + "May be repeated.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public EvaluateVerb()
        : base(
            "evaluate",
            "Scores predictions, or the predictions of a model from features, against labels.",
            "evoke evaluate --labels val.csv --predictions predicted.csv",
            "evoke evaluate --labels val.csv --predictions predictions --lag 3",
            "evoke evaluate --labels val.csv --model run/best.safetensors --features features --table scores.csv --table scores.md")
    {
        Add(_labels);
        Add(_predictions);
        _model.AddTo(this);
        _features.AddTo(this);
        Add(_zeros);
        Add(_lag);
        Add(_emotions);
        Add(_tables);
        Add(_json);
        this.NeedsOneOf("There is nothing to score", _predictions, _model.Model);
        this.Excludes(_predictions, [_model.Model, .. _features.Places]);
        this.Needs(_model.Model, _features.Places);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string[] tables = context.Get(_tables) ?? [];
        Array.ForEach(tables, ScoreTableFile.ThrowIfNeither);
        EvaluationReport report = context.Get(_predictions) is { Length: > 0 } predictions
            ? await Task.Run(() => FromFiles(context, predictions)).ConfigureAwait(false)
            : await ProgressDisplay.ShowAsync(
                context.Terminal, board => Task.Run(() => FromModel(context, board), CancellationToken.None)).ConfigureAwait(false);
        foreach (string note in report.Notes)
        {
            context.Log(note);
        }

        foreach (string table in tables)
        {
            ScoreTableFile.Write(report.Details!, table);
        }

        if (context.Get(_json))
        {
            context.Terminal.Out.WriteLine(report.ToJson());
        }
        else
        {
            Print(context.Terminal.Out, report);
        }

        return ExitCode.Done;
    }

    private EvaluationReport FromFiles(VerbContext context, string[] predictions)
    {
        string path = context.GetRequired(_labels);
        double lag = context.GetRequired(_lag);
        LabelSet labels = LabelSet.Read(path).Earlier(lag);
        PredictionTables tables = PredictionTables.Read(predictions, labels, EevCsv.ReadScheme(path), lag);
        EvaluationReport report = Evaluator.Score(labels, tables.Predictions, context.Get(_zeros), context.Get(_emotions));
        return report with { Notes = [.. report.Notes, .. tables.Notes] };
    }

    private EvaluationReport FromModel(VerbContext context, IProgressBoard board)
    {
        using IReactionModel model = _model.Load(context);
        LabelSet labels = LabelSet.Read(context.GetRequired(_labels)).Earlier(context.GetRequired(_lag));
        using IFeatureSource features = _features.Require(context).Open(model.Rate);
        using IProgressLine line = board.Start(model.Name, "videos", labels.Videos.Count);
        EvaluationReport report = Evaluator.Score(
            labels, model, features, context.Get(_zeros), context.Get(_emotions), new CountDisplay(line), context.CancellationToken);
        return TrainedLag.NoteOf(model, context.GetRequired(_lag), context.Catalog) is { } note ? report with { Notes = [.. report.Notes, note] } : report;
    }

    private static void Print(TextWriter output, EvaluationReport report)
    {
        string interval = report.PearsonInterval is { } found
            ? string.Create(CultureInfo.InvariantCulture, $"95 % bootstrap interval over videos, 2,000 samples: {found.Low:F5} to {found.High:F5}")
            : "95 % bootstrap interval over videos: n/a with one video";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Pearson {report.Pearson:F5} ({interval}), rows with labels {report.PearsonDetectedOnly:F5}, CCC {report.Ccc:F5}, "
            + $"{Quantity.Of(report.Videos, "video")}, {Quantity.Of(report.Rows, "row")}"));
        EvaluationText.Write(output, report);
        if (report.MissingVideos.Count > 0)
        {
            output.WriteLine($"videos without predictions: {string.Join(", ", report.MissingVideos)}");
        }
    }
}
