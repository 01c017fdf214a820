using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Encoders.Extraction;
using Evoke.Media.Videos;

namespace Evoke.Cli.Options;

/// <summary>The options of work that is split across machines: which videos a run works on, and how it reacts to a stop request.</summary>
internal sealed class ShardOptions
{
    private const string None = "none";

    private readonly PathOption<string?> _manifest = new("--manifest", PathRole.InputFile)
    {
        Description = "Videos to process: a list from 'evoke dataset manifest', instead of VIDEO|FOLDER.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Process only part I of N, with I from 0 to N - 1. Default for a manifest or folders: the index of the Slurm array or Kubernetes "
            + $"Indexed Job; {None} processes everything.",
        HelpName = "I/N",
    };

    private readonly GraceOption _grace = new("On SIGTERM or SIGUSR1, a shard finishes its current video");

    /// <summary>Declares the options on a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="videos">Its argument, which a manifest replaces.</param>
    public void AddTo(Command verb, Argument videos)
    {
        verb.Add(_manifest);
        verb.Add(_shard);
        _grace.AddTo(verb);
        verb.Excludes(_manifest, videos);
        verb.NeedsOneOf("Videos are missing", videos, _manifest);
    }

    /// <summary>Declares only <c>--shard</c> on a verb, whose runs can be ended at any time.</summary>
    public void AddShardTo(Command verb) => verb.Add(_shard);

    /// <summary><c>--shard</c>, if it was given.</summary>
    public IEnumerable<Option> Given(VerbContext context) => new Option[] { _shard }.Where(context.IsGiven);

    /// <summary>The videos to work on.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="filesAndFolders">The arguments of the verb.</param>
    public ShardVideos Videos(VerbContext context, string[] filesAndFolders)
    {
        string? manifest = context.Get(_manifest);
        return manifest is not null
            ? ShardVideos.OfManifest(manifest, ShardOf(context, isDataSet: true))
            : ShardVideos.OfFiles(VideoFiles.Find(filesAndFolders), ShardOf(context, isDataSet: filesAndFolders.Any(Directory.Exists)));
    }

    /// <summary>The request to stop gracefully; null if the run ends at once: it is not a shard and no grace period was given.</summary>
    public StopRequest? Stop(VerbContext context, Shard? shard) => _grace.Request(context, isAnEngines: shard is not null);

    /// <summary>The shard to work on; null for everything.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="isDataSet">False for files that were named one by one, which may already be the task's own share: the scheduler's index does not split
    /// them.</param>
    public Shard? ShardOf(VerbContext context, bool isDataSet) => context.Get(_shard) switch
    {
        null => isDataSet ? Shard.FromEnvironment(Environment.GetEnvironmentVariable) : null,
        None => null,
        { } text => Shard.Parse(text),
    };
}
