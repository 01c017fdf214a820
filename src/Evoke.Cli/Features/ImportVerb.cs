using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Catalog;
using Evoke.Features.Import;
using Evoke.Features.Store;
using Evoke.Files.Text;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features import</c>.</summary>
internal sealed class ImportVerb : Verb
{
    private const int ShownInText = 5;
    private const string Mean = "mean";

    private readonly ImportedModality _visual = new("visual", "swin-l", "6");
    private readonly ImportedModality _audio = new("audio", "vggish", "1/0.96");
    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Steps per second of the feature files; rows are selected by time.", "1");

    private readonly Option<string> _rows = SharedOptions.Choice(
        "--rows", "Which row stands for a step: the nearest in time, or the mean of the rows within the step.", "nearest", Mean);

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
            "Converts features that another program made to feature files, one for each video: HDF5, NumPy's files, CSV. "
            + "Existing features of the other modality are kept.",
            "evoke features import --visual-hdf5 swin.h5 --visual swin-l --visual-rate 6 --audio-hdf5 vggish.h5 --audio vggish --out features",
            "evoke features import --visual-files output/resnet/resnet50 --visual resnet50 --out features",
            "evoke features import --audio-files egemaps --audio egemaps --rows mean --out features")
    {
        _visual.AddTo(this);
        _audio.AddTo(this);
        Add(_rate);
        Add(_rows);
        Add(_out);
        Add(_json);
        this.NeedsOneOf("There is nothing to import", _visual.Hdf5, _visual.Files, _audio.Hdf5, _audio.Files);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        FeatureImportOptions options = new()
        {
            Visual = _visual.Find(context, catalog.Visual),
            Audio = _audio.Find(context, catalog.Audio),
            Rate = context.GetRequired(_rate).Value,
            Rows = context.GetRequired(_rows) == Mean ? RowChoice.Mean : RowChoice.Nearest,
        };
        FeatureStore store = FeatureStore.OpenOrCreate(context.GetRequired(_out));
        FeatureImportReport report = await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => Task.Run(
                () => FeatureImport.Run(options, store, new FeatureDisplay(context.Terminal, board), context.CancellationToken))).ConfigureAwait(false);
        Show(context, store, report);
        return report.Failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private void Show(VerbContext context, FeatureStore store, FeatureImportReport report)
    {
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = store.Folder,
                report.Imported,
                Failed = report.Failed.Select(failure => new { failure.VideoId, Error = failure.Error.Message }),
                Warnings = report.Warnings.Select(warning => new { warning.VideoId, warning.Warning }),
                report.WithoutVisual,
                report.WithoutAudio,
            });
            return;
        }

        foreach ((string id, string warning) in report.Warnings.Take(ShownInText))
        {
            context.Log($"{id}: {warning}");
        }

        if (report.Warnings.Count > ShownInText)
        {
            context.Log($"{Quantity.Of(report.Warnings.Count - ShownInText, "more warning")} of this kind; --json lists all");
        }

        LogLacking(context, "visual", report.WithoutVisual);
        LogLacking(context, "audio", report.WithoutAudio);
        context.Terminal.Out.WriteLine($"{report.Imported} imported, {report.Failed.Count} failed: {store.Folder}");
    }

    private static void LogLacking(VerbContext context, string modality, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
        {
            string more = ids.Count > ShownInText ? $" and {ids.Count - ShownInText} more (--json lists all)" : "";
            context.Log($"no {modality} features of {Quantity.Of(ids.Count, "video")}: {string.Join(", ", ids.Take(ShownInText))}{more}");
        }
    }
}
