using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Cli.Progress;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Heads;
using Evoke.Heads.Models;

namespace Evoke.Cli.Predict;

/// <summary><c>evoke predict</c>.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string[]> _videos = new("VIDEO")
    {
        Description = "Video or sound files.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "A model file, or 'affect': arousal and valence, which needs neither training nor weights.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "affect",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder of the results: NAME.csv for each video. With --submission, the CSV file to write.",
        HelpName = "DIR|FILE",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Also write NAME.json, and list on standard output, as JSON, what was done." };
    private readonly Option<bool> _vtt = new("--vtt") { Description = "Also write NAME.vtt, a WebVTT metadata track for players." };
    private readonly Option<bool> _html = new("--html") { Description = "Also write NAME.html, a page to look at." };

    private readonly Option<double> _rate = SharedOptions.Rate("--rate", "Rows per second of the results.", 6);
    private readonly EncodingOptions _encoding = new();
    private readonly Option<int?> _audioTrack = SharedOptions.AudioTrack();
    private readonly Option<bool> _submission = new("--submission") { Description = "Write the challenge's submission: every row of --test-csv, from --features; zeros for videos without." };
    private readonly Option<string?> _testCsv = new("--test-csv") { Description = "With --submission: ids and timestamps, as EEV's test.csv.", HelpName = "CSV" };
    private readonly FeatureOptions _features = new();

    public PredictVerb()
        : base("predict", "Predicts what videos will make their viewers feel, as curves over time.")
    {
        Add(_videos);
        Add(_model);
        Add(_out);
        Add(_json);
        Add(_vtt);
        Add(_html);
        Add(_rate);
        _encoding.AddTo(this);
        Add(_audioTrack);
        Add(_submission);
        Add(_testCsv);
        _features.AddTo(this);
        Validators.Add(OneOfBothUses);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        if (context.Get(_submission))
        {
            HeadModelOptions head = new() { Device = _encoding.Visual(context).Device };
            return await SubmissionRun.RunAsync(
                context, context.Get(_testCsv)!, _features.Require(context), context.GetRequired(_model), head, context.GetRequired(_out), context.Get(_json)).ConfigureAwait(false);
        }

        IReadOnlyList<NamedVideo> videos = NamedVideo.Of(context.GetRequired(_videos), line => context.Log($"evoke: {line}"));
        EncoderOptions visual = _encoding.Visual(context);
        using Predictor predictor = Predictor.Load(context.GetRequired(_model), new PredictorOptions
        {
            Rate = context.GetRequired(_rate),
            Visual = visual,
            Audio = _encoding.Audio(context),
            Head = new HeadModelOptions { Device = visual.Device },
            Extraction = new ExtractionOptions { AudioTrack = context.Get(_audioTrack) },
        });
        PredictionRun run = new(predictor, context.Terminal)
        {
            Folder = context.GetRequired(_out),
            Formats = new PredictionFormats(context.Get(_json), context.Get(_vtt), context.Get(_html)),
        };

        PredictionReport report = await ProgressDisplay.ShowAsync(context.Terminal, board => run.RunAsync(videos, board, context.CancellationToken)).ConfigureAwait(false);
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(report);
        }
        else
        {
            foreach (PredictedVideo video in report.Predictions)
            {
                context.Terminal.Out.WriteLine(video.ToString());
            }
        }

        return report.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private void OneOfBothUses(CommandResult result)
    {
        bool submission = result.GetValue(_submission), videos = result.GetValue(_videos) is { Length: > 0 };
        if (!submission && !videos)
        {
            result.AddError("Say which videos to predict.");
        }
        else if (!submission && result.GetResult(_testCsv) is not null)
        {
            result.AddError("--test-csv goes with --submission.");
        }
        else if (submission && (videos || result.GetValue(_testCsv) is null || result.GetResult(_out) is null or { Implicit: true }))
        {
            result.AddError("--submission takes no videos, and needs --test-csv, --features, --model and --out FILE.");
        }
    }
}
