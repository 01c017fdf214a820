using System.CommandLine;
using Evoke.Cli.Progress;
using Evoke.Encoders.Weights;

namespace Evoke.Cli.Models;

/// <summary><c>evoke models import</c>.</summary>
internal sealed class ModelsImportVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "safetensors, PyTorch's .pth, or NumPy's .npz. It is copied." };
    private readonly Argument<string> _name = new("NAME") { Description = "The encoder whose weights it holds: swin-l, vggish … ('evoke models list')." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public ModelsImportVerb()
        : base("import", "Takes a file of weights at hand, for machines without a network or for weights of your own.")
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
