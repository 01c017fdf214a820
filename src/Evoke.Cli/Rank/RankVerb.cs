using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Files.Text;
using Evoke.Heads;
using Evoke.Heads.Reactions;
using Evoke.Insights.Rankings;
using Evoke.Media.Videos;

namespace Evoke.Cli.Rank;

/// <summary><c>evoke rank</c>.</summary>
internal sealed class RankVerb : Verb
{
    private readonly Argument<string[]> _inputs = new("VIDEO|FOLDER|JSON")
    {
        Description = "Videos and folders of videos, which are predicted; or predictions of 'evoke predict --json' and folders of them, such as those of "
            + "shards.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PathOption<string?> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the predictions of videos: ID.json. Videos that are predicted there are not predicted again.",
        HelpName = "DIR",
    };

    private readonly RankOptions _rows = new();
    private readonly PredictorChoice _predictor = new();
    private readonly ShardOptions _shards = new();

    public RankVerb()
        : base(
            "rank",
            "Ranks many videos by what is predicted of them, as one table. Can be interrupted at any time; run it again to continue.",
            "evoke rank videos --out ranking --sort peak.arousal --top 20",
            "evoke rank videos --out ranking --table ranking.csv --scenes scenes.parquet",
            "evoke rank videos --out ranking --shard 0/8",
            "evoke rank ranking --table ranking.parquet")
    {
        Add(_inputs);
        _predictor.AddModelTo(this);
        Add(_out);
        _rows.AddTo(this);
        _predictor.AddTo(this);
        _predictor.AddParallelTo(this);
        _shards.AddShardTo(this);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        _rows.Check(context);
        RankInputs inputs = RankInputs.Of(context.GetRequired(_inputs), line => context.Log($"evoke: {line}"));
        if (inputs.Videos.Count == 0)
        {
            ThrowIfNothingIsPredicted(context);
            int ranked = await RankAsync(context, inputs.Predictions, inputs.Named, []).ConfigureAwait(false);
            TellOfMissing(context, context.GetRequired(_inputs).Where(Directory.Exists));
            return ranked;
        }

        string folder = context.Get(_out) ?? throw new WrongUseException("Videos are predicted into a folder: give --out DIR.");
        Shard? shard = _shards.ShardOf(context, isDataSet: context.GetRequired(_inputs).Any(Directory.Exists));
        ThrowIfIdle(context, shard, inputs);
        RankRun run = await PredictAsync(context, inputs, shard, folder).ConfigureAwait(false);
        if (run.EndedEarly)
        {
            return ExitCode.SomeFailed;
        }

        if (shard is { } part)
        {
            context.Terminal.Out.WriteLine(
                $"shard {part}: {run.Done.Count} of {Quantity.Of(inputs.Videos.Count, "video")} predicted, {run.Failures.Count} failed. "
                + $"When all shards are done: evoke rank {ShellWord.Quoted(folder)}");
            return run.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
        }

        string[] predicted = [.. run.Done.Select(video => run.Folder.PathOf(video.VideoId))];
        return await RankAsync(
            context, [.. predicted, .. inputs.Predictions], new HashSet<string>([.. predicted, .. inputs.Named], StringComparer.Ordinal), run.Failures)
            .ConfigureAwait(false);
    }

    private async Task<RankRun> PredictAsync(VerbContext context, RankInputs inputs, Shard? shard, string folder)
    {
        IReadOnlyList<VideoFile> videos = inputs.Videos;
        using Predictor predictor = _predictor.Load(context);
        _predictor.ThrowIfIdle(context, predictor.Model, encodes: true);
        if (inputs.Predictions.Count == 0) // those may be of other curves
        {
            _rows.CheckColumns(context, predictor.Model.Scheme);
        }

        RankingSettings settings = new(
            predictor.Model.Name, predictor.Model.Sha256, _predictor.RateOf(context), _predictor.AudioTrackOf(context), _predictor.PrecisionOf(context));
        RankingFolder predictions = RankingFolder.Open(folder, settings, videos.ToDictionary(video => video.VideoId, video => RankingSource.Of(video.Path)));
        IReadOnlyList<VideoFile> own = shard is null ? videos : ShardVideos.OfFiles(videos, shard).Videos;
        return await RankRun.RunAsync(
            context.Terminal, predictions, own, shard, count => _predictor.Pool(context, predictor, count), folder, context.CancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<int> RankAsync(
        VerbContext context, IReadOnlyList<string> files, IReadOnlySet<string> mustBe, IReadOnlyList<RankFailure> unpredicted)
    {
        RankReading reading = new();
        await ProgressDisplay.ShowAsync(context.Terminal, async board =>
        {
            await reading.RunAsync(files, mustBe, board, context.CancellationToken).ConfigureAwait(false);
            return reading;
        }).ConfigureAwait(false);
        foreach (RankFailure failure in reading.Failures)
        {
            context.Fail($"failed: {failure.Error}");
        }

        if (reading.Others > 0)
        {
            context.Log(RankInputs.LeftOut(reading.Others));
        }

        RankFailure[] failures = [.. unpredicted, .. reading.Failures];
        if (reading.Videos.Count == 0)
        {
            context.Fail("There is nothing to rank.");
            return ExitCode.SomeFailed;
        }

        RankingTable all = VideoRanking.OfVideos(reading.Videos);
        string sorted = _rows.SortedBy(context, all);
        RankingTable table = _rows.Apply(context, all, sorted);
        await WriteAsync(context, reading.Videos, table).ConfigureAwait(false);
        Print(context, table, all.Count, sorted, failures);
        return failures.Length > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    // The predictions of a catalogue that is not done are ranked: that is worth a word.
    private static void TellOfMissing(VerbContext context, IEnumerable<string> folders)
    {
        try
        {
            IReadOnlyDictionary<string, bool> videos = RankingFolder.VideosIn(folders);
            if (videos.Values.Count(isPredicted => !isPredicted) is > 0 and int missing)
            {
                context.Log(
                    $"{missing} of {Quantity.Of(videos.Count, "video")} {(missing == 1 ? "is" : "are")} not predicted yet and not in the ranking. "
                    + "To continue, run the command that predicts them again, with every shard.");
            }
        }
        catch (RankingException error)
        {
            context.Log($"warning: it is not known whether all videos are in the ranking. {error.Message}");
        }
    }

    private async Task WriteAsync(VerbContext context, IReadOnlyList<RankedVideo> videos, RankingTable table)
    {
        foreach (string path in _rows.TablesOf(context))
        {
            await RankingFile.WriteAsync(table, path, context.CancellationToken).ConfigureAwait(false);
        }

        if (_rows.ScenesOf(context) is not { Length: > 0 } files)
        {
            return;
        }

        RankingTable scenes = VideoRanking.OfScenes(videos, table);
        foreach (string path in files)
        {
            await RankingFile.WriteAsync(scenes, path, context.CancellationToken).ConfigureAwait(false);
        }

        if (videos.Count(video => video.Scenes.IsEmpty) is > 0 and int unknown)
        {
            context.Log($"{Quantity.Of(unknown, "video")} without known cuts {(unknown == 1 ? "has" : "have")} no scenes in the table");
        }
    }

    private void Print(VerbContext context, RankingTable table, int videos, string sorted, IReadOnlyList<RankFailure> failures)
    {
        string[] models = [.. table["model"].Texts.Distinct(StringComparer.Ordinal)];
        if (models.Length > 1)
        {
            context.Log($"Predictions of several models are ranked together: {string.Join(", ", models)}. Curves of one name may mean different things.");
        }

        if (_rows.IsJson(context))
        {
            context.Terminal.WriteJson(new { Sorted = sorted, Videos = videos, Rows = RowsOf(table), Failures = failures });
            return;
        }

        context.Terminal.Out.WriteLine(
            $"by {sorted}, {(_rows.IsAscending(context, sorted) ? "lowest" : "highest")} first: "
            + $"{(table.Count < videos ? $"{table.Count} of " : "")}{Quantity.Of(videos, "video")}");
        if (table.Count > 0)
        {
            RankText.Write(context.Terminal, table, _rows.ColumnsOf(context), sorted);
        }

        context.Log(ModelNotice.Text);
    }

    private static IEnumerable<Dictionary<string, object?>> RowsOf(RankingTable table) => Enumerable.Range(0, table.Count).Select(row =>
        table.Columns.ToDictionary(
            column => column.Key,
            column => column.Kind == RankingColumnKind.Text ? column.Texts[row]
                : column.Numbers[row] is not { } number ? null
                : column.Kind == RankingColumnKind.Whole ? (object)(int)number : number,
            StringComparer.Ordinal));

    private void ThrowIfNothingIsPredicted(VerbContext context)
    {
        Option[] idle = [.. new Option[] { _out }.Where(context.IsGiven), .. _predictor.Given(context), .. _shards.Given(context)];
        if (idle.Length > 0)
        {
            throw new WrongUseException($"{idle[0].Name} has no effect: no video is predicted.");
        }
    }

    private void ThrowIfIdle(VerbContext context, Shard? shard, RankInputs inputs)
    {
        if (shard is null)
        {
            return;
        }

        if (_rows.All.FirstOrDefault(context.IsGiven) is { } option)
        {
            throw new WrongUseException($"{option.Name} has no effect on shard {shard}: rank the folder of --out when all shards are done.");
        }

        if (inputs.Predictions.Count > 0)
        {
            throw new WrongUseException($"Shard {shard} predicts videos: predictions are ranked when all shards are done.");
        }
    }
}
