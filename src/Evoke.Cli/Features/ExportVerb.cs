using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Features.Hdf5;
using Evoke.Features.Store;
using Evoke.Files.Text;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features export</c>.</summary>
internal sealed class ExportVerb : Verb
{
    private const string Audio = "audio";

    private readonly PathArgument<string> _store = new("DIR", PathRole.InputFolder) { Description = "Folder of feature files." };
    private readonly Option<string> _modality = SharedOptions.RequiredChoice("--modality", "Which features to export.", "visual", Audio);

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile)
    {
        Description = "The HDF5 file to write.",
        HelpName = "FILE",
        Required = true,
    };

    public ExportVerb()
        : base("export", "Writes the feature files of a folder to one HDF5 file: a float32 dataset [T, D] for each video.",
            "evoke features export features --modality visual --out visual.h5")
    {
        Add(_store);
        Add(_modality);
        Add(_out);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        FeatureStore store = FeatureStore.Open(context.GetRequired(_store));
        string path = context.GetRequired(_out);
        int written = await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => Task.Run(
                () => Hdf5Export.Run(
                    store,
                    context.GetRequired(_modality) == Audio ? FeatureModality.Audio : FeatureModality.Visual,
                    path,
                    new FeatureDisplay(context.Terminal, board),
                    context.CancellationToken))).ConfigureAwait(false);
        context.Terminal.Out.WriteLine($"{Quantity.Of(written, "video")}: {path}");
        return ExitCode.Done;
    }
}
