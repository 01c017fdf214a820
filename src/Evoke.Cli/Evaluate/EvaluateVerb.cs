using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Progress;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Heads.Models;
using Evoke.Training.Evaluation;

namespace Evoke.Cli.Evaluate;

/// <summary><c>evoke evaluate</c>.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly Option<string> _labels = new("--labels") { Description = "CSV of the EEV form with what viewers showed.", HelpName = "CSV", Required = true };
    private readonly Option<string> _predictions = new("--predictions") { Description = "CSV of the EEV form with what was predicted.", HelpName = "CSV" };
    private readonly Option<string> _model = new("--model") { Description = "A model file, in place of predictions; needs --features.", HelpName = "FILE" };
    private readonly FeatureOptions _features = new();
    private readonly Option<bool> _zeros = new("--missing-as-zeros") { Description = "Score videos without predictions as zeros, as the challenge did." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public EvaluateVerb()
        : base("evaluate", "Scores predictions, or a model, against labels.")
    {
        Add(_labels);
        Add(_predictions);
        Add(_model);
        _features.AddTo(this);
        Add(_zeros);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        if ((context.Get(_predictions) is null) == (context.Get(_model) is null) || (context.Get(_model) is null) != (_features.Find(context) is null))
        {
            throw new WrongUseException("Give either --predictions, or --model with --features.");
        }

        EvaluationReport report = context.Get(_predictions) is { } predictions
            ? await FromFileAsync(context, predictions).ConfigureAwait(false)
            : await ProgressDisplay.ShowAsync(context.Terminal, board => Task.Run(() => FromModel(context, board), CancellationToken.None)).ConfigureAwait(false);
        foreach (string note in report.Notes)
        {
            context.Log(note);
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

    private async Task<EvaluationReport> FromFileAsync(VerbContext context, string predictions)
    {
        string labels = context.GetRequired(_labels);
        Task<LabelSet> predicted = Task.Run(() => LabelSet.Read(predictions));
        LabelSet shown = await Task.Run(() => LabelSet.Read(labels)).ConfigureAwait(false);
        return Evaluator.Score(shown, await predicted.ConfigureAwait(false), context.Get(_zeros));
    }

    private EvaluationReport FromModel(VerbContext context, IProgressBoard board)
    {
        LabelSet labels = LabelSet.Read(context.GetRequired(_labels));
        using HeadModel model = HeadModel.Load(context.Get(_model)!);
        using IFeatureSource features = _features.Require(context).Open(model.Rate);
        using IProgressLine line = board.Start(model.Name, "videos", labels.Videos.Count);
        return Evaluator.Score(labels, model, features, context.Get(_zeros), done => line.Report(done), context.CancellationToken);
    }

    private static void Print(TextWriter output, EvaluationReport report)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Pearson {report.Pearson:F5} (95 % of draws of videos: {report.PearsonInterval.Low:F5} to {report.PearsonInterval.High:F5}), rows with a face {report.PearsonDetectedOnly:F5}, CCC {report.Ccc:F5}, {report.Videos} videos, {report.Rows} rows"));
        int width = Math.Max("emotion".Length, report.Emotions.Keys.Max(name => name.Length)) + 2;
        output.WriteLine($"{"emotion".PadRight(width)}{"Pearson",10}{"face only",11}{"CCC",10}");
        foreach ((string name, EmotionScore score) in report.Emotions)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(width)}{score.Pearson,10:F5}{score.PearsonDetectedOnly,11:F5}{score.Ccc,10:F5}"));
        }

        if (report.MissingVideos.Count > 0)
        {
            output.WriteLine($"missing: {string.Join(", ", report.MissingVideos)}");
        }
    }
}
