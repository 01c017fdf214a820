using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Export.Programs;
using Evoke.Datasets.Sources;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;

namespace Evoke.Cli.Predict;

/// <summary><c>evoke predict</c>.</summary>
internal sealed class PredictVerb : Verb
{
    private const int MostAtOnce = 4;

    private readonly Argument<string[]> _inputs = new("VIDEO|FOLDER|FEATURES")
    {
        Description = "Video or sound files, folders to search for them, or feature files (.safetensors). '-' reads one video from standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _model = SharedOptions.Model();

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for the results: NAME.csv for each video. For a single video: a file name that ends in .csv.",
        HelpName = "DIR|FILE.csv",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Also write NAME.json, and print a report as JSON on standard output." };
    private readonly Option<bool> _vtt = new("--vtt") { Description = "Also write NAME.vtt, a WebVTT metadata track for players." };
    private readonly Option<bool> _html = new("--html") { Description = "Also write NAME.html, a page with the curves and pictures of the video." };

    private readonly Option<ProgramFormat[]> _export = ProgramOptions.Export();
    private readonly Option<bool> _ownTimecode = ProgramOptions.OwnTimecode();

    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Rows per second of the results.", "6");
    private readonly EncodingOptions _encoding = new();
    private readonly Option<int?> _audioTrack = SharedOptions.AudioTrack();
    private readonly FeatureOptions _features = new();

    private readonly Option<int?> _parallel = NumberOptions.CountOrNone(
        "--parallel",
        $"Number of videos predicted at the same time. Default: the number of cores, at most {MostAtOnce}; 1 for trained models, whose networks use all cores.",
        "N");

    public PredictVerb()
        : base(
            "predict",
            "Predicts the emotions that videos evoke in their viewers, as curves over time.",
            "evoke predict film.mp4 --html",
            "evoke predict film.mp4 --export edl,otio,youtube",
            "evoke predict - --out film.csv < film.mp4",
            "evoke predict videos --model run/best.safetensors --out curves",
            "evoke predict --features features --model run/best.safetensors --out curves")
    {
        Add(_inputs);
        Add(_model);
        Add(_out);
        Add(_json);
        Add(_vtt);
        Add(_html);
        Add(_export);
        Add(_ownTimecode);
        Add(_rate);
        _encoding.AddTo(this);
        Add(_audioTrack);
        _features.AddTo(this);
        Add(_parallel);
        this.Needs(_ownTimecode, _export);
        this.NeedsOneOf("Name at least one video", [_inputs, .. _features.Places]);
        this.Idle(_encoding.OfEncoders, _features.Places, "nothing is encoded");
        foreach (Symbol place in _features.Places)
        {
            this.Excludes(place, _inputs);
        }
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        PredictionFormats formats = Formats(context);
        _encoding.StartProgram(context);
        EncoderOptions visual = _encoding.Visual(context);
        PredictorOptions options = new()
        {
            Rate = context.GetRequired(_rate).Value,
            Visual = visual,
            Audio = _encoding.Audio(context),
            Head = new HeadModelOptions { Device = visual.Device, Heads = context.Catalog.ModelHeads },
            Extraction = new ExtractionOptions { AudioTrack = context.Get(_audioTrack) },
        };
        using Predictor predictor = Predictor.Load(context.GetRequired(_model), options);
        context.Detail($"model: {predictor.Model.Summary}");
        using IFeatureSource? features = _features.Find(context)?.Open(predictor.Model.Rate);
        using SpooledFile? standardInput = features is null ? await StandardInput.ReadAsync(context, context.Get(_inputs) ?? []).ConfigureAwait(false) : null;
        IReadOnlyList<PredictionInput> inputs = standardInput is not null ? [StandardInput.InputOf(standardInput)]
            : features is null ? InputsNamed(context)
            : PredictionInputs.Of(features);
        ThrowIfIdle(context, predictor.Model, inputs);
        PredictionInputs.ThrowIfTwoShareAFile(inputs, formats);
        Predictor? first = predictor;
        using PredictorPool predictors = new(
            () => Interlocked.Exchange(ref first, null) ?? Predictor.Load(context.GetRequired(_model), options),
            AtOnce(context, predictor.Model, inputs.Count));
        PredictionRun run = new(predictors, context.Terminal)
        {
            Place = PredictionPlace.Of(context.GetRequired(_out), inputs.Count),
            Formats = formats,
        };

        PredictionReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => run.RunAsync(inputs, board, context.CancellationToken)).ConfigureAwait(false);
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

            if (report.Predictions.Count > 0)
            {
                context.Log(ModelNotice.Text);
            }
        }

        return report.Failures.Count > 0 || report.EndedEarly ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private PredictionFormats Formats(VerbContext context)
    {
        ProgramFormat[] programs = context.Get(_export) ?? [];
        bool ownTimecode = context.Get(_ownTimecode);
        return ownTimecode && !programs.Any(program => program.TakesOwnTimecode)
            ? throw new WrongUseException($"{_ownTimecode.Name} has no effect on {string.Join(", ", programs.Select(program => program.Name))}.")
            : new PredictionFormats(context.Get(_json), context.Get(_vtt), context.Get(_html)) { Programs = programs, OwnTimecode = ownTimecode };
    }

    private int AtOnce(VerbContext context, IReactionModel model, int inputs) =>
        Math.Clamp(context.Get(_parallel) ?? (model is HeadModel ? 1 : Math.Min(Environment.ProcessorCount, MostAtOnce)), 1, Math.Max(1, inputs));

    private IReadOnlyList<PredictionInput> InputsNamed(VerbContext context) =>
        PredictionInputs.Of(NamedVideo.Of(PredictionInputs.Expand(context.GetRequired(_inputs)), line => context.Log($"evoke: {line}")));

    private void ThrowIfIdle(VerbContext context, IReactionModel model, IReadOnlyList<PredictionInput> inputs)
    {
        bool encodes = inputs.Any(input => input.Video is not null);
        if (context.IsGiven(_audioTrack) && (!encodes || model.AudioEncoder is null))
        {
            throw new WrongUseException($"{_audioTrack.Name} has no effect: no sound is encoded.");
        }

        _encoding.ThrowIfIdle(context, encodes ? model.VisualEncoder?.Name : null, encodes ? model.AudioEncoder?.Name : null, headRuns: model is HeadModel);
    }
}
