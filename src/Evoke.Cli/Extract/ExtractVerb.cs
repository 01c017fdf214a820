using System.CommandLine;
using Evoke.Cli.Progress;
using Evoke.Cluster.Shards;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;

namespace Evoke.Cli.Extract;

/// <summary><c>evoke extract</c>.</summary>
internal sealed class ExtractVerb : Verb
{
    private readonly Argument<string[]> _videos = new("VIDEO|FOLDER")
    {
        Description = "Videos, or folders that are searched for them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder of the feature files. What is there and matches is not made again.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _allowFailures = new("--allow-failures")
    {
        Description = "Exit code 0 also if some videos failed: they are listed, and trying again does not help. For engines, which take anything else for a broken task.",
    };

    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly EncoderChoice _encoders = new();
    private readonly ShardOptions _shards = new();
    private readonly EncodingOptions _encoding = new();

    public ExtractVerb()
        : base("extract", "Makes features of videos, one file each. Can be stopped at any time and started again.")
    {
        Add(_videos);
        _encoders.AddTo(this);
        Add(_out);
        _shards.AddTo(this);
        Add(_allowFailures);
        Add(_json);
        _encoding.AddTo(this);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        _encoders.ThrowIfNothing(context);
        ShardVideos part = _shards.Videos(context, context.GetRequired(_videos));
        using StopRequest? stop = _shards.Stop(context, part.Shard);
        if (part.Shard is { } shard)
        {
            context.Log($"shard {shard}: {part.Videos.Count} of {part.Total} videos");
        }

        if (part.Shard is not null && _encoders.HasPrecision(context) && !_encoding.IsPrecisionGiven(context))
        {
            throw new WrongUseException("Shards may run on processors of different kinds, whose fastest precisions differ: add --precision bfloat16 or --precision float32, so that all make the same features.");
        }

        string folder = Path.GetFullPath(context.GetRequired(_out));
        ExtractionReport report = part.Videos.Count > 0
            ? await ExtractAsync(context, part, stop).ConfigureAwait(false)
            : new ExtractionReport { Extracted = [], Skipped = [], Failed = [] };
        Print(context, part.Shard, folder, report);
        if (report.EndedBy is { } error)
        {
            context.Log($"evoke: {error.Message}");
            context.Log($"The run ended here; {report.Left.Count} videos were not extracted.");
            return ExitCode.SomeFailed;
        }

        return report.Left.Count > 0 ? ExitCode.RunAgain
            : report.Failed.Count > 0 && !context.Get(_allowFailures) ? ExitCode.SomeFailed
            : ExitCode.Done;
    }

    private async Task<ExtractionReport> ExtractAsync(VerbContext context, ShardVideos part, StopRequest? stop)
    {
        _encoding.StartProgram(context);
        using IVisualEncoder? visual = _encoders.Visual(context, _encoding);
        using IAudioEncoder? audio = _encoders.Audio(context, _encoding);
        FeatureExtractor extractor = _encoders.Extractor(context, visual, audio);
        FeatureStore store = FeatureStore.OpenOrCreate(context.GetRequired(_out));
        ExtractionRun run = new(extractor, store)
        {
            Part = part.Shard?.FileMark,
            Stop = stop,
            AnyPrecision = !_encoding.IsPrecisionGiven(context),
        };
        return await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => run.RunAsync(part.Videos, new ExtractionDisplay(context.Terminal, board, countsFrames: visual is not null), context.CancellationToken)).ConfigureAwait(false);
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
        context.Terminal.Out.WriteLine($"{report.Extracted.Count} extracted, {report.Skipped.Count} there already, {report.Failed.Count} failed{left}: {folder}");
    }
}
