using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Insights.Breaks;

namespace Evoke.Cli.Breaks;

/// <summary><c>evoke breaks</c>.</summary>
internal sealed class BreaksVerb : Verb
{
    private const double MostSeconds = 86_400;

    private static readonly BreakOptions s_usual = new();

    private readonly Argument<string[]> _inputs = new("VIDEO|PREDICTION")
    {
        Description = "Video files, predictions of 'evoke predict --json' (.json), or folders of either.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _model = SharedOptions.Model();

    private readonly Option<double> _gap = NumberOptions.Number(
        "--gap", "Least distance between two places, in seconds: 60 suits ad breaks, 300 chapters.", "S", s_usual.GapSeconds, 0, MostSeconds);

    private readonly Option<int> _count = NumberOptions.Count("--count", "Most places in one video.", "N", s_usual.Limit);

    private readonly Option<double> _edge = NumberOptions.Number(
        "--edge", "No place is nearer to the start or the end of a video than this, in seconds.", "S", s_usual.EdgeSeconds, 0, MostSeconds);

    private readonly Option<double> _quiet = NumberOptions.Number(
        "--quiet-db", "A place is quiet if it is so many dB below the loudness of the video.", "DB", s_usual.QuietDecibels, 0, 100);

    private readonly PathOption<string?> _csv = new("--csv", PathRole.OutputFile) { Description = "Also write the places to a CSV file.", HelpName = "FILE" };
    private readonly Option<bool> _json = SharedOptions.Json();

    public BreaksVerb()
        : base(
            "breaks",
            "Suggests places for ad breaks and chapters: cuts in quiet passages at which arousal falls, the best first.",
            "evoke breaks film.mp4",
            "evoke breaks curves/film.json --gap 300 --count 5 --csv breaks.csv")
    {
        Add(_inputs);
        Add(_model);
        Add(_gap);
        Add(_count);
        Add(_edge);
        Add(_quiet);
        Add(_csv);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        IReadOnlyList<BreakInput> inputs = BreakInput.Of(context.GetRequired(_inputs), line => context.Log($"evoke: {line}"));
        if (context.IsGiven(_model) && inputs.All(input => input.IsPrediction))
        {
            throw new WrongUseException($"{_model.Name} has no effect: every input is a prediction.");
        }

        using Predictor? predictor = inputs.All(input => input.IsPrediction)
            ? null
            : Predictor.Load(context.GetRequired(_model), new PredictorOptions { Head = new HeadModelOptions { Heads = context.Catalog.ModelHeads } });
        BreakRun run = new(predictor, context.Terminal, new BreakOptions
        {
            GapSeconds = context.GetRequired(_gap),
            Limit = context.GetRequired(_count),
            EdgeSeconds = context.GetRequired(_edge),
            QuietDecibels = context.GetRequired(_quiet),
        });
        BreakReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => run.RunAsync(inputs, board, context.CancellationToken)).ConfigureAwait(false);
        if (context.Get(_csv) is { } path)
        {
            BreakText.WriteCsv(report, path);
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(report);
        }
        else
        {
            BreakText.Write(report, context.Terminal.Out);
        }

        if (report.Videos.Count + report.Failures.Count == 0)
        {
            context.Fail("There is no prediction.");
            return ExitCode.SomeFailed;
        }

        return report.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
