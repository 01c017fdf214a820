using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Export.Programs;
using Evoke.Datasets.Sources;
using Evoke.Datasets.Viewers;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Heads.Reactions;
using Evoke.Insights.Norms;

namespace Evoke.Cli.Predict;

/// <summary><c>evoke predict</c>.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string[]> _inputs = new("VIDEO|FOLDER|FEATURES")
    {
        Description = "Video or sound files, folders to search for them, or feature files (.safetensors). '-' reads one video from standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly PredictorChoice _predictor = new();

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for the results: NAME.csv for each video. For a single video: a file name that ends in .csv.",
        HelpName = "DIR|FILE.csv",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Also write NAME.json, and print a report as JSON on standard output." };
    private readonly Option<bool> _vtt = new("--vtt") { Description = "Also write NAME.vtt, a WebVTT metadata track for players." };
    private readonly Option<bool> _html = new("--html") { Description = "Also write NAME.html, a page with the curves and pictures of the video." };

    private readonly PathOption<string?> _norms = new("--norms", PathRole.InputFile)
    {
        Description = "A norms file of 'evoke norms make': the numbers in NAME.json and NAME.html get percentiles among its videos.",
        HelpName = "FILE",
    };

    private readonly Option<ProgramFormat[]> _export = ProgramOptions.Export();
    private readonly Option<bool> _ownTimecode = ProgramOptions.OwnTimecode();

    private readonly LabelOptions _labels = new();

    private readonly FeatureOptions _features = new();

    public PredictVerb()
        : base(
            "predict",
            "Predicts the emotions that videos evoke in their viewers, as curves over time.",
            "evoke predict film.mp4 --html",
            "evoke predict film.mp4 --labels ratings.csv --lag 3 --html",
            "evoke predict film.mp4 --export edl,otio,youtube",
            "evoke predict - --out film.csv < film.mp4",
            "evoke predict videos --model run/best.safetensors --out curves",
            "evoke predict --features features --model run/best.safetensors --out curves")
    {
        Add(_inputs);
        _predictor.AddModelTo(this);
        Add(_out);
        Add(_json);
        Add(_vtt);
        Add(_html);
        Add(_export);
        Add(_ownTimecode);
        Add(_norms);
        _labels.AddTo(this);
        _predictor.AddTo(this);
        _features.AddTo(this);
        _predictor.AddParallelTo(this);
        this.Needs(_norms, _json, _html);
        this.Needs(_ownTimecode, _export);
        this.NeedsOneOf("Name at least one video", [_inputs, .. _features.Places]);
        this.Idle(_predictor.OfEncoders, _features.Places, "nothing is encoded");
        foreach (Symbol place in _features.Places)
        {
            this.Excludes(place, _inputs);
        }
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        PredictionFormats formats = Formats(context);
        Norm? norm = context.Get(_norms) is { } path ? NormFile.Read(path) : null;
        using Predictor predictor = _predictor.Load(context);
        using IFeatureSource? features = _features.Find(context)?.Open(predictor.Model.Rate);
        using SpooledFile? standardInput = features is null ? await StandardInput.ReadAsync(context, context.Get(_inputs) ?? []).ConfigureAwait(false) : null;
        IReadOnlyList<PredictionInput> inputs = standardInput is not null ? [StandardInput.InputOf(standardInput)]
            : features is null ? InputsNamed(context)
            : PredictionInputs.Of(features);
        _predictor.ThrowIfIdle(context, predictor.Model, encodes: inputs.Any(input => input.Video is not null));
        PredictionInputs.ThrowIfTwoShareAFile(inputs, formats);
        ViewerLabels? labels = _labels.Read(context, predictor.Model.Scheme, inputs);
        using PredictorPool predictors = _predictor.Pool(context, predictor, inputs.Count);
        PredictionRun run = new(predictors, context.Terminal)
        {
            Place = PredictionPlace.Of(context.GetRequired(_out), inputs.Count),
            Formats = formats,
            Labels = labels,
            Norm = norm,
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
                if (video.Comparison is { } comparison)
                {
                    LabelScoreText.Write(context.Terminal.Out, comparison);
                }
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

    private IReadOnlyList<PredictionInput> InputsNamed(VerbContext context) =>
        PredictionInputs.Of(NamedVideo.Of(PredictionInputs.Expand(context.GetRequired(_inputs)), line => context.Log($"evoke: {line}")));
}
