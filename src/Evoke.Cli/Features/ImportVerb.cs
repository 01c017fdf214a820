using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Features.Hdf5;
using Evoke.Features.Store;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features import</c>.</summary>
internal sealed class ImportVerb : Verb
{
    private readonly Hdf5Options _files = new();
    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Steps per second of the feature files; rows are selected by time.", "1");

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the feature files.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public ImportVerb()
        : base(
            "import",
            "Converts HDF5 files to feature files, one for each video. Existing features of the other modality are kept.",
            "evoke features import --visual-hdf5 swin.h5 --visual swin-l --visual-rate 6 --audio-hdf5 vggish.h5 --audio vggish --out features")
    {
        _files.AddTo(this);
        Add(_rate);
        Add(_out);
        Add(_json);
        this.NeedsOneOf("There is nothing to import", _files.VisualFile, _files.AudioFile);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        Hdf5ImportOptions options = new()
        {
            Visual = _files.Visual(context),
            Audio = _files.Audio(context),
            Rate = context.GetRequired(_rate).Value,
        };
        FeatureStore store = FeatureStore.OpenOrCreate(context.GetRequired(_out));
        Hdf5ImportReport report = await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => Task.Run(() => Hdf5Import.Run(options, store, new Hdf5Display(context.Terminal, board), context.CancellationToken))).ConfigureAwait(false);
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = store.Folder,
                report.Imported,
                Failed = report.Failed.Select(failure => new { failure.VideoId, Error = failure.Error.Message }),
            });
        }
        else
        {
            context.Terminal.Out.WriteLine($"{report.Imported} imported, {report.Failed.Count} failed: {store.Folder}");
        }

        return report.Failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
