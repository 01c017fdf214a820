using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Heads;
using Evoke.Heads.Models;
using Evoke.Heads.Reactions;

namespace Evoke.Cli.Predict;

/// <summary>The options of verbs that predict videos: by which model, at which rate, how networks run, and how many videos at once.</summary>
internal sealed class PredictorChoice
{
    private readonly Option<string> _model = SharedOptions.Model();
    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Rows per second of the results.", "6");
    private readonly EncodingOptions _encoding = new();
    private readonly Option<int?> _audioTrack = SharedOptions.AudioTrack();

    private readonly Option<int?> _parallel = ParallelOption.Create("predicted", "trained models, whose networks use all cores");

    /// <summary>The options that only have an effect where something is encoded.</summary>
    public Symbol[] OfEncoders => _encoding.OfEncoders;

    /// <summary>All options that were given.</summary>
    public IEnumerable<Option> Given(VerbContext context) =>
        new Option[] { _model, _rate, _audioTrack, _parallel }.Concat(_encoding.All).Where(context.IsGiven);

    /// <summary>Declares <c>--model</c> on a verb.</summary>
    public void AddModelTo(Command verb) => verb.Add(_model);

    /// <summary>Declares <c>--rate</c>, and how networks run, on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_rate);
        _encoding.AddTo(verb);
        verb.Add(_audioTrack);
    }

    /// <summary>Declares <c>--parallel</c> on a verb.</summary>
    public void AddParallelTo(Command verb) => verb.Add(_parallel);

    /// <summary>Loads the model and sets up the program for it.</summary>
    public Predictor Load(VerbContext context)
    {
        _encoding.StartProgram(context);
        Predictor predictor = Predictor.Load(context.GetRequired(_model), OptionsOf(context));
        context.Detail($"model: {predictor.Model.Summary}");
        return predictor;
    }

    /// <summary>As many predictors as work at once.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="loaded">The first of them, which the pool owns from then on.</param>
    /// <param name="inputs">How many inputs there are.</param>
    public PredictorPool Pool(VerbContext context, Predictor loaded, int inputs)
    {
        int size = ParallelOption.Number(context.Get(_parallel), isAlone: loaded.Model is HeadModel, inputs);
        PredictorOptions options = OptionsOf(context);
        options = options with { Extraction = VideosAtOnce.Sharing(options.Extraction, size) };
        loaded.Extraction = options.Extraction;
        Predictor? first = loaded;
        return new PredictorPool(() => Interlocked.Exchange(ref first, null) ?? Predictor.Load(context.GetRequired(_model), options), size);
    }

    /// <summary>Refuses options that have no effect on what runs.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="model">The model.</param>
    /// <param name="encodes">True if a video is encoded.</param>
    /// <exception cref="WrongUseException">One has no effect; the message says why.</exception>
    public void ThrowIfIdle(VerbContext context, IReactionModel model, bool encodes)
    {
        if (context.IsGiven(_audioTrack) && (!encodes || model.AudioEncoder is null))
        {
            throw new WrongUseException($"{_audioTrack.Name} has no effect: no sound is encoded.");
        }

        _encoding.ThrowIfIdle(context, encodes ? model.VisualEncoder?.Name : null, encodes ? model.AudioEncoder?.Name : null, headRuns: model is HeadModel);
    }

    /// <summary>Rows per second of the results.</summary>
    public double RateOf(VerbContext context) => context.GetRequired(_rate).Value.Hertz;

    /// <summary>The number of the sound track; null for the recommended one.</summary>
    public int? AudioTrackOf(VerbContext context) => context.Get(_audioTrack);

    /// <summary>The precision that was asked for; null for the usual one.</summary>
    public string? PrecisionOf(VerbContext context) => _encoding.PrecisionOf(context);

    private PredictorOptions OptionsOf(VerbContext context)
    {
        EncoderOptions visual = _encoding.Visual(context);
        return new()
        {
            Rate = context.GetRequired(_rate).Value,
            Visual = visual,
            Audio = _encoding.Audio(context),
            Head = new HeadModelOptions { Device = visual.Device, Heads = context.Catalog.ModelHeads },
            Extraction = new ExtractionOptions { AudioTrack = context.Get(_audioTrack) },
        };
    }
}
