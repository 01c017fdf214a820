using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Encoders.Extraction;
using Evoke.Media.Videos;

namespace Evoke.Cli.Options;

/// <summary>Which videos a run works on, and how it takes being told to stop: the options of work that is shared among machines.</summary>
internal sealed class ShardOptions
{
    private const string None = "none";

    private readonly PathOption<string?> _manifest = new("--manifest", PathRole.InputFile)
    {
        Description = "Videos to work on: a list from 'evoke dataset manifest', in place of VIDEO|FOLDER.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Work on part I of N only, I from 0. Default for a manifest or folders: what a Slurm array or a Kubernetes Indexed Job says; "
            + $"{None} works on all.",
        HelpName = "I/N",
    };

    private readonly GraceOption _grace = new("Told to stop (SIGTERM, SIGUSR1), a shard finishes the video in hand");

    /// <summary>Declares the options on a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="videos">Its argument, the place of which a manifest takes.</param>
    public void AddTo(Command verb, Argument videos)
    {
        verb.Add(_manifest);
        verb.Add(_shard);
        _grace.AddTo(verb);
        verb.Excludes(_manifest, videos);
        verb.NeedsOneOf("Videos are missing", videos, _manifest);
    }

    /// <summary>The videos to work on.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="filesAndFolders">What was named beside the options.</param>
    public ShardVideos Videos(VerbContext context, string[] filesAndFolders)
    {
        string? manifest = context.Get(_manifest);
        return manifest is not null
            ? ShardVideos.OfManifest(manifest, ShardOf(context, isDataSet: true))
            : ShardVideos.OfFiles(VideoFiles.Find(filesAndFolders), ShardOf(context, isDataSet: filesAndFolders.Any(Directory.Exists)));
    }

    /// <summary>How a run is told to stop without haste; null if it is to end at once: a run that is no shard, and for which no grace was given.</summary>
    public StopRequest? Stop(VerbContext context, Shard? shard) => _grace.Request(context, isAnEngines: shard is not null);

    // Files that are named one by one may be the task's own choice already: an engine's word splits data sets only.
    private Shard? ShardOf(VerbContext context, bool isDataSet) => context.Get(_shard) switch
    {
        null => isDataSet ? Shard.FromEnvironment(Environment.GetEnvironmentVariable) : null,
        None => null,
        { } text => Shard.Parse(text),
    };
}
