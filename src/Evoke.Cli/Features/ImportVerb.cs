using System.CommandLine;
using Evoke.Cli.Progress;
using Evoke.Features;
using Evoke.Features.Hdf5;
using Evoke.Features.Store;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features import</c>.</summary>
internal sealed class ImportVerb : Verb
{
    private readonly Option<string?> _visualFile = new("--visual-hdf5") { Description = "Features of the picture: a dataset [T, D] for each video under its id.", HelpName = "FILE" };
    private readonly Option<double> _visualRate = SharedOptions.Rate("--visual-rate", "Rows per second of --visual-hdf5.", 6);
    private readonly Option<string> _visual = new("--visual") { Description = "The encoder that made them.", HelpName = "NAME", DefaultValueFactory = _ => "swin-l" };
    private readonly Option<string?> _audioFile = new("--audio-hdf5") { Description = "Features of the sound.", HelpName = "FILE" };
    private readonly Option<double> _audioRate = SharedOptions.Rate("--audio-rate", "Rows per second of --audio-hdf5.", 1 / 0.96);
    private readonly Option<string> _audio = new("--audio") { Description = "The encoder that made them.", HelpName = "NAME", DefaultValueFactory = _ => "vggish" };
    private readonly Option<double> _rate = SharedOptions.Rate("--rate", "Steps per second of the feature files; rows are picked by time.", 1);
    private readonly Option<string> _out = new("--out") { Description = "Folder of the feature files.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _json = SharedOptions.Json();

    public ImportVerb()
        : base("import", "Makes feature files of HDF5 files, one for each video.")
    {
        Add(_visualFile);
        Add(_visualRate);
        Add(_visual);
        Add(_audioFile);
        Add(_audioRate);
        Add(_audio);
        Add(_rate);
        Add(_out);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        Hdf5ImportOptions options = new()
        {
            Visual = Source(context, _visualFile, _visualRate, _visual),
            Audio = Source(context, _audioFile, _audioRate, _audio),
            Rate = context.GetRequired(_rate),
        };
        if (options.Visual is null && options.Audio is null)
        {
            throw new WrongUseException("There is nothing to import: give --visual-hdf5, --audio-hdf5 or both.");
        }

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

    private static Hdf5Source? Source(VerbContext context, Option<string?> file, Option<double> rate, Option<string> encoder) =>
        context.Get(file) is { } path ? new Hdf5Source(path, context.GetRequired(rate), new EncoderIdentity(context.GetRequired(encoder))) : null;
}
