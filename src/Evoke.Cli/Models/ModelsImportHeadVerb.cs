using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Files.Text;
using Evoke.Heads.Inputs;
using Evoke.Heads.ModelFiles;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models import-head</c>: converts checkpoints of the paper's authors to model files.</summary>
internal sealed class ModelsImportHeadVerb : Verb
{
    private const string None = "none";
    private const string UnitLength = "l2";

    private readonly PathArgument<string> _file = new("FILE", PathRole.InputFile)
    {
        Description = "A checkpoint of the authors' code (ckpt.pth.tar), or any tensor file with the same tensor names.",
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile)
    {
        Description = "The model file to write.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _visual = new("--visual")
    {
        Description = $"Visual encoder whose features the head was trained on; its weights must be installed. {None} if the head takes no visual features.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "swin-l",
    };

    private readonly Option<string> _audio = new("--audio")
    {
        Description = $"Audio encoder whose features the head was trained on; {None} if the head takes no audio features.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "vggish",
    };

    private readonly PathOption<string?> _features = new("--features", PathRole.InputFolder)
    {
        Description = "A folder of feature files, instead of --visual and --audio. The model then expects features of the same encoders.",
        HelpName = "DIR",
    };

    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Steps per second of the features that the head was trained on.", "1");
    private readonly Option<int> _clipSteps = NumberOptions.Count("--clip-steps", "Length of a training clip in steps.", "N", usual: 60);

    private readonly Option<string> _normalisation =
        SharedOptions.Choice("--normalisation", "Normalisation of the features of each step; the authors use l2 with SE-ResNet.", None, UnitLength);

    private readonly Option<string[]> _emotions = SharedOptions.Emotions(
        "Comma-separated names of the curves, in the order of the head's outputs. Default: the 15 emotions of EEV.");

    private readonly Option<bool> _json = SharedOptions.Json();

    public ModelsImportHeadVerb()
        : base(
            "import-head",
            "Converts a trained head, a checkpoint of the authors' code, to a model file for 'predict', 'evaluate', 'ensemble' and 'submission'.",
            "evoke models import-head ckpt.pth.tar --out model.safetensors",
            "evoke models import-head ckpt.pth.tar --features features --out model.safetensors")
    {
        Add(_file);
        Add(_out);
        Add(_visual);
        Add(_audio);
        Add(_features);
        Add(_rate);
        Add(_clipSteps);
        Add(_normalisation);
        Add(_emotions);
        Add(_json);
        this.Excludes(_features, _visual, _audio);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        (Origin? visual, Origin? audio) = context.Get(_features) is { } folder ? EncodersOf(folder) : Encoders(context);
        CheckpointImport import = new()
        {
            VisualEncoder = visual?.Encoder,
            VisualFeatureWidth = visual?.Width,
            AudioEncoder = audio?.Encoder,
            AudioFeatureWidth = audio?.Width,
            Rate = context.GetRequired(_rate).Value,
            ClipSteps = context.GetRequired(_clipSteps),
            Normalisation = context.GetRequired(_normalisation) == UnitLength ? FeatureNormalisation.L2 : FeatureNormalisation.None,
            Scheme = context.Get(_emotions) is { Length: > 0 } names ? new EmotionScheme(names) : EmotionScheme.Eev,
        };
        ModelContent content = import.Read(context.GetRequired(_file));
        string path = context.GetRequired(_out);
        ModelFile.Write(path, content);
        Print(context, Path.GetFullPath(path), content.Description);
        return Task.FromResult(ExitCode.Done);
    }

    private static (Origin? Visual, Origin? Audio) EncodersOf(string folder)
    {
        FeatureStore store = FeatureStore.Open(folder);
        string first = store.VideoIds() is [var id, ..] ? id : throw new WrongUseException($"--features {folder}: there is no feature file in this folder.");
        using FeatureFile file = store.OpenFile(first);
        return (Of(file.Visual), Of(file.Audio));

        static Origin? Of(MappedFeatures? features) => features is null ? null : new Origin(features.Encoder, features.Width);
    }

    // Weights and settings are part of an encoder's identity, so the encoder is loaded to read them.
    private (Origin? Visual, Origin? Audio) Encoders(VerbContext context)
    {
        string visualName = context.GetRequired(_visual), audioName = context.GetRequired(_audio);
        EncoderOptions exact = new() { Precision = Precision.Float32 }; // as the authors' features are
        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        using IVisualEncoder? visual = visualName == None ? null : catalog.CreateVisual(visualName, exact);
        using IAudioEncoder? audio = audioName == None ? null : catalog.CreateAudio(audioName, exact);
        return (
            visual is null ? null : new Origin(visual.Identity, visual.FeatureWidth),
            audio is null ? null : new Origin(audio.Identity, audio.FeatureWidth));
    }

    private void Print(VerbContext context, string path, ModelDescription model)
    {
        string? visual = model.VisualEncoder?.ToString(), audio = model.AudioEncoder?.ToString();
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(
                new { Model = path, model.Emotions, model.Rate, model.ClipSteps, VisualEncoder = visual, AudioEncoder = audio, model.Scores });
            return;
        }

        string encoders = string.Join(" and ", new[] { visual, audio }.OfType<string>());
        context.Terminal.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(model.Emotions.Length, "curve")} from {encoders} at {model.Rate:0.###} Hz: {path}"));
    }

    private sealed record Origin(EncoderIdentity Encoder, int Width);
}
