using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Train;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Folds;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Kernels.Torch;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Cli.CrossValidate;

/// <summary><c>evoke cross-validate</c>.</summary>
internal sealed class CrossValidateVerb : Verb
{
    private const string Last = "last", NoShard = "none";

    private readonly PathOption<string> _labels = new("--labels", PathRole.InputFile)
    {
        Description = "All labels, a CSV file in EEV's format.",
        HelpName = "CSV",
        Required = true,
    };

    private readonly FeatureOptions _features = new();

    private readonly Option<string> _recipe = new("--recipe")
    {
        Description = "A recipe that comes with Evoke (paper, kl, ccc, sml, demo …), or a YAML file.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "paper",
    };

    private readonly Option<string[]> _set = SharedOptions.Settings();

    private readonly Option<int> _folds = NumberOptions.Whole("--folds", "Number of folds.", "K", usual: 5, least: 2, most: 1000);

    private readonly Option<bool> _leaveOneOut = new("--leave-one-out") { Description = "A fold for each video, or for each group of videos." };

    private readonly GroupOptions _groups = new();

    private readonly Option<int> _seed = NumberOptions.Whole(
        "--seed", "The seed of the division into folds. The seed of the networks is --set train.seed=N.", "N", usual: 1, least: 0, most: int.MaxValue);

    private readonly Option<string> _epoch = SharedOptions.Choice(
        "--epoch",
        "best: keep some of a fold's training videos back and use the epoch that predicts them best. last: train on all of them and use the last epoch.",
        "best",
        Last);

    private readonly Option<double> _share = NumberOptions.Number(
        "--validation", "The share of a fold's training videos that is kept back.", "SHARE", usual: 0.2, least: 0.01, most: 0.9);

    private readonly Option<bool> _findLag = new("--find-lag")
    {
        Description = "Find the lag of each fold on its training videos, as 'evoke dataset lag' does. Predictions come later by it; labels stay as they are.",
    };

    private readonly Option<bool> _noBaselines = new("--no-baselines") { Description = "Do not predict the folds with a clock and a ridge, too." };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the runs and the result. An unfinished cross-validation there is continued.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Do only part I of N of the folds, I from 0. Default: the part that a Slurm array or a Kubernetes Indexed Job gives this task; "
            + $"{NoShard} does all folds regardless.",
        HelpName = "I/N",
    };

    private readonly Option<string> _device = SharedOptions.Device();
    private readonly GraceOption _grace = TrainingStop.Option();
    private readonly Option<bool> _json = SharedOptions.Json();

    public CrossValidateVerb()
        : base(
            "cross-validate",
            "Trains a recipe on all folds of a data set but one, in turn, and scores the predictions of the videos that were left out. "
            + "Can be interrupted at any time; run it again to continue.",
            "evoke cross-validate --labels labels.csv --features features --recipe demo --folds 5 --out cv",
            "evoke cross-validate --labels labels.csv --features features --recipe demo --leave-one-out --group-by '(.*)_clip\\d+' --out cv")
    {
        Add(_labels);
        _features.AddRequiredTo(this);
        Add(_recipe);
        Add(_set);
        Add(_folds);
        Add(_leaveOneOut);
        _groups.AddTo(this);
        Add(_seed);
        Add(_epoch);
        Add(_share);
        Add(_findLag);
        Add(_noBaselines);
        Add(_out);
        Add(_shard);
        Add(_device);
        _grace.AddTo(this);
        Add(_json);
        this.Excludes(_leaveOneOut, _folds);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        Recipe recipe = RecipeReader.Read(context.GetRequired(_recipe), context.Catalog, context.Get(_set) ?? []);
        CrossValidationState state = ProgressDisplay.Show(context.Terminal, board => Run(context, recipe, board));
        foreach ((int fold, string message) in state.Diverged)
        {
            context.Fail(string.Create(CultureInfo.InvariantCulture, $"evoke: fold {fold}: {message}"));
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = Path.GetFullPath(context.GetRequired(_out)),
                Waiting = state.Waiting.AsEnumerable(),
                state.Diverged,
                Result = state.Report,
            });
        }
        else if (state.Report is { } report)
        {
            CrossValidationText.Write(context.Terminal.Out, report, context.GetRequired(_out));
        }
        else if (!state.Waiting.IsEmpty)
        {
            context.Terminal.Out.WriteLine(
                $"this part is done; folds that other parts have yet to do: {string.Join(", ", state.Waiting)}. The one that ends last writes the result.");
        }

        return Task.FromResult(state.Diverged.IsEmpty ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private CrossValidationState Run(VerbContext context, Recipe recipe, IProgressBoard board)
    {
        FeatureLocation location = _features.Require(context);
        using IFeatureSource features = location.Open(recipe.Data.Rate);
        CrossValidationOptions options = new()
        {
            Folds = context.Get(_leaveOneOut) ? null : context.GetRequired(_folds),
            Groups = _groups.Of(context),
            Seed = context.GetRequired(_seed),
            ValidationShare = context.GetRequired(_share),
            Epoch = context.GetRequired(_epoch) == Last ? EpochChoice.Last : EpochChoice.Best,
            WithBaselines = !context.Get(_noBaselines),
            FindsLag = context.Get(_findLag),
        };
        TrainerOptions training = new()
        {
            Device = ComputeDevice.Parse(context.GetRequired(_device)),
            Sources = new RunSources { Features = location },
            Command = context.Command,
        };
        CrossValidation folds = new(recipe, LabelSet.Read(context.GetRequired(_labels)), features, context.GetRequired(_out), options, training);
        if (folds.MissingVideos.Length > 0)
        {
            context.Log(
                $"Left out: {Quantity.Of(folds.MissingVideos.Length, "video")} with labels but without features "
                + $"({string.Join(", ", folds.MissingVideos.Take(5))}{(folds.MissingVideos.Length > 5 ? ", …" : "")})");
        }

        Shard shard = ShardOf(context) ?? new Shard(0, 1);
        context.Detail($"{folds.Folds.Count} folds; this is part {shard}");
        using IProgressLine line = board.Start(recipe.Name, "folds", folds.Folds.Where((_, i) => i % shard.Count == shard.Index).Count());
        using TrainingStop stop = new(context, _grace);
        return folds.Run(
            shard.Index,
            shard.Count,
            new InlineProgress<FoldProgress>(
                progress => line.ShowRun($"{recipe.Name}, {progress.Fold.Name}", progress.Happening, progress.Position, progress.Count)),
            stop.Now,
            stop.AtCheckpoint);
    }

    private Shard? ShardOf(VerbContext context) => context.Get(_shard) switch
    {
        null => Shard.FromEnvironment(Environment.GetEnvironmentVariable),
        NoShard => null,
        { } text => Shard.Parse(text),
    };
}
