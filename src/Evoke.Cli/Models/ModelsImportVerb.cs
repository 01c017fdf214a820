using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models import</c>.</summary>
internal sealed class ModelsImportVerb : Verb
{
    private readonly PathArgument<string> _file = new("FILE", PathRole.InputFile)
    {
        Description = "Weights in safetensors, PyTorch (.pth) or NumPy (.npz) format; for a preset its ONNX file (docs/presets.md). The file is copied.",
    };

    private readonly Argument<string> _name = new("NAME") { Description = "The encoder that the weights are for: swin-l, vggish … ('evoke models list')." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public ModelsImportVerb()
        : base(
            "import",
            "Installs a weight file from disk: for machines without network access, or for weights of your own.",
            "evoke models import my-swin.pth swin-l",
            "evoke models import clip-vit-b-32.onnx clip-vit-b-32")
    {
        Add(_file);
        Add(_name);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string name = context.GetRequired(_name);
        InstalledWeights installed = await ProgressDisplay.ShowAsync(context.Terminal, async board =>
        {
            using PullDisplay display = new(board, WeightRegistry.Get(name));
            return await new WeightStore().ImportAsync(context.GetRequired(_file), name, display, context.CancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(ModelsText.Json(installed));
        }
        else
        {
            context.Terminal.Out.WriteLine(ModelsText.Line(installed));
        }

        return ExitCode.Done;
    }
}
