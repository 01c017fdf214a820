using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Cli.Extract;

/// <summary><c>evoke extract</c>.</summary>
internal sealed class ExtractVerb : Verb
{
    private readonly Argument<string[]> _videos = new("VIDEO|FOLDER")
    {
        Description = "Videos, or folders to search for videos.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the feature files. Videos whose feature file exists and matches are skipped; features of a modality with 'none' are kept.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _allowFailures = new("--allow-failures")
    {
        Description = "Exit with 0 even if some videos failed; they are listed in failures.csv. For schedulers that treat any other exit code as failure.",
    };

    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly EncoderChoice _encoders = new();
    private readonly ShardOptions _shards = new();
    private readonly Option<int?> _parallel = ParallelOption.Create("extracted", "networks, which use all cores, and for shards");

    public ExtractVerb()
        : base("extract", "Extracts features from videos, one feature file per video. Can be interrupted at any time; run it again to continue.",
            "evoke extract videos --visual swin-l --audio vggish --out features",
            "evoke extract --manifest manifest.csv --shard 0/8 --out features")
    {
        Add(_videos);
        _encoders.AddTo(this);
        Add(_parallel);
        Add(_out);
        _shards.AddTo(this, _videos);
        Add(_allowFailures);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        _encoders.Check(context);
        ShardVideos part = _shards.Videos(context, context.Get(_videos) ?? []);
        using StopRequest? stop = _shards.Stop(context, part.Shard);
        if (part.Shard is { } shard)
        {
            context.Log($"shard {shard}: {part.Videos.Count} of {part.Total} videos");
        }

        if (part.Shard is not null && _encoders.HasPrecision(context) && !_encoders.IsPrecisionGiven(context))
        {
            throw new WrongUseException(
                "Shards may run on different processors, whose fastest precisions differ: add --precision bfloat16 or --precision float32, so "
                + "that all of them produce the same features.");
        }

        string folder = Path.GetFullPath(context.GetRequired(_out));
        ExtractionReport report = part.Videos.Count > 0
            ? await ExtractAsync(context, part, stop).ConfigureAwait(false)
            : new ExtractionReport { Extracted = [], Skipped = [], Failed = [] };
        if (report.DamagedList is { } damage)
        {
            context.Log($"warning: {damage.Message} It is kept under its name with {DamagedFile.Ending}; a new list was begun.");
        }

        Print(context, part.Shard, folder, report);
        if (report.EndedBy is { } error)
        {
            context.Log($"evoke: {error.Message}");
            context.Log($"The run was stopped; {Quantity.Of(report.Left.Count, "video")} {(report.Left.Count == 1 ? "was" : "were")} not extracted.");
            return ExitCode.SomeFailed;
        }

        return report.Left.Count > 0 ? ExitCode.RunAgain
            : report.Failed.Count > 0 && !context.Get(_allowFailures) ? ExitCode.SomeFailed
            : ExitCode.Done;
    }

    private async Task<ExtractionReport> ExtractAsync(VerbContext context, ShardVideos part, StopRequest? stop)
    {
        _encoders.StartProgram(context);
        int atOnce = ParallelOption.Number(context.Get(_parallel), isAlone: part.Shard is not null || _encoders.RunsNetwork(context), part.Videos.Count);
        ExtractionOptions options = VideosAtOnce.Sharing(_encoders.Extraction(context), atOnce);
        using OwnedEncoders encoders = new(_encoders, context);
        FeatureExtractor[] extractors = [.. Enumerable.Range(0, atOnce).Select(_ => encoders.Extractor(options))];
        FeatureStore store = FeatureStore.OpenOrCreate(context.GetRequired(_out));
        ExtractionRun run = new(extractors, store)
        {
            Part = part.Shard?.FileMark,
            Stop = stop,
            AnyPrecision = !_encoders.IsPrecisionGiven(context),
        };
        return await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => run.RunAsync(
                part.Videos,
                new ExtractionDisplay(context.Terminal, board, countsFrames: _encoders.VisualName(context) is not null),
                context.CancellationToken)).ConfigureAwait(false);
    }

    private void Print(VerbContext context, Shard? shard, string folder, ExtractionReport report)
    {
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = folder,
                Shard = shard?.ToString(),
                Extracted = report.Extracted.Select(video => new { video.VideoId, video.Path }),
                Skipped = report.Skipped.Select(video => new { video.VideoId, video.Path }),
                Failed = report.Failed.Select(failure => new { failure.Video.VideoId, failure.Video.Path, Error = failure.Error.Message }),
                Left = report.Left.Select(video => new { video.VideoId, video.Path }),
            });
            return;
        }

        string left = report.Left.Count > 0 ? $", {report.Left.Count} left for the next run" : "";
        context.Terminal.Out.WriteLine(
            $"{report.Extracted.Count} extracted, {report.Skipped.Count} already there, {report.Failed.Count} failed{left}: {folder}");
    }

    /// <summary>The encoders of all extractors of a run.</summary>
    private sealed class OwnedEncoders(EncoderChoice choice, VerbContext context) : IDisposable
    {
        private readonly List<IDisposable> _owned = [];

        public FeatureExtractor Extractor(ExtractionOptions options) =>
            new(Own(choice.Visual(context)), Own(choice.Audio(context)), options);

        public void Dispose() => _owned.ForEach(encoder => encoder.Dispose());

        private T? Own<T>(T? encoder)
            where T : class, IDisposable
        {
            if (encoder is not null)
            {
                _owned.Add(encoder);
            }

            return encoder;
        }
    }
}
