using System.CommandLine;
using Evoke.Cli.Progress;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.Store;

namespace Evoke.Cli.Extract;

/// <summary><c>evoke extract</c>.</summary>
internal sealed class ExtractVerb : Verb
{
    private const string None = "none";

    private readonly Argument<string[]> _videos = new("VIDEO|FOLDER")
    {
        Description = "Videos, or folders that are searched for them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _visual = new("--visual")
    {
        Description = $"Encoder of the picture: visual-lld, swin-l, inception-v3, se-resnext101 …, or {None}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "visual-lld",
    };

    private readonly Option<string> _audio = new("--audio")
    {
        Description = $"Encoder of the sound: audio-lld, vggish …, or {None}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "audio-lld",
    };

    private readonly Option<double> _rate = SharedOptions.Rate("--rate", "Steps per second of the features.", 1);

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder of the feature files. What is there and matches is not made again.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly EncodingOptions _encoding = new();

    public ExtractVerb()
        : base("extract", "Makes features of videos, one file each. Can be stopped at any time and started again.")
    {
        Add(_videos);
        Add(_visual);
        Add(_audio);
        Add(_rate);
        Add(_out);
        Add(_json);
        _encoding.AddTo(this);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        if (context.GetRequired(_visual) == None && context.GetRequired(_audio) == None)
        {
            throw new WrongUseException("--visual none and --audio none leave nothing to extract.");
        }

        IReadOnlyList<VideoFile> videos = VideoFiles.Find(context.GetRequired(_videos));
        using IVisualEncoder? visual = context.GetRequired(_visual) is var picture and not None
            ? EncoderCatalog.Default.CreateVisual(picture, _encoding.Visual(context))
            : null;
        using IAudioEncoder? audio = context.GetRequired(_audio) is var sound and not None
            ? EncoderCatalog.Default.CreateAudio(sound, _encoding.Audio(context))
            : null;
        FeatureExtractor extractor = new(visual, audio, new ExtractionOptions { Rate = context.GetRequired(_rate) });
        FeatureStore store = FeatureStore.OpenOrCreate(context.GetRequired(_out));

        ExtractionReport report = await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => new ExtractionRun(extractor, store).RunAsync(videos, new ExtractionDisplay(context.Terminal, board, videos.Count), context.CancellationToken)).ConfigureAwait(false);

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = store.Folder,
                Extracted = report.Extracted.Select(video => new { video.VideoId, video.Path }),
                Skipped = report.Skipped.Select(video => new { video.VideoId, video.Path }),
                Failed = report.Failed.Select(failure => new { failure.Video.VideoId, failure.Video.Path, Error = failure.Error.Message }),
            });
        }
        else
        {
            context.Terminal.Out.WriteLine($"{report.Extracted.Count} extracted, {report.Skipped.Count} there already, {report.Failed.Count} failed: {store.Folder}");
        }

        return report.Failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
