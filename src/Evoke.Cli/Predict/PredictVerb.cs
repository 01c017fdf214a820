using System.CommandLine;
using Evoke.Cli.Progress;
using Evoke.Encoders;
using Evoke.Heads;
using Evoke.Heads.Models;

namespace Evoke.Cli.Predict;

/// <summary><c>evoke predict</c>.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string[]> _videos = new("VIDEO")
    {
        Description = "Video or sound files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "A model file, or 'affect': arousal and valence, which needs neither training nor weights.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "affect",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder of the results: NAME.csv for each video.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Also write NAME.json, and list on standard output, as JSON, what was done." };
    private readonly Option<bool> _vtt = new("--vtt") { Description = "Also write NAME.vtt, a WebVTT metadata track for players." };
    private readonly Option<bool> _html = new("--html") { Description = "Also write NAME.html, a page to look at." };

    private readonly Option<double> _rate = SharedOptions.Rate("--rate", "Rows per second of the results.", 6);
    private readonly EncodingOptions _encoding = new();

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
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        IReadOnlyList<NamedVideo> videos = NamedVideo.Of(context.GetRequired(_videos), line => context.Log($"evoke: {line}"));
        EncoderOptions visual = _encoding.Visual(context);
        using Predictor predictor = Predictor.Load(context.GetRequired(_model), new PredictorOptions
        {
            Rate = context.GetRequired(_rate),
            Visual = visual,
            Audio = _encoding.Audio(context),
            Head = new HeadModelOptions { Device = visual.Device },
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
}
