using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Search;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Runs;

namespace Evoke.Cli.Search;

/// <summary><c>evoke search</c>.</summary>
internal sealed class SearchVerb : Verb
{
    private readonly PathArgument<string> _search = new("SEARCH", PathRole.InputFile)
    {
        Description = "A YAML file with the base recipe, the number of trials and the ranges of its keys. See recipes/search/ for examples.",
        HelpName = "SEARCH.yaml",
    };

    private readonly PathOption<string> _trainLabels = SharedOptions.TrainLabels();
    private readonly PathOption<string> _valLabels = SharedOptions.ValidationLabels();
    private readonly FeatureOptions _features = new();

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the search. An unfinished search there is continued.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _device = SharedOptions.Device();
    private readonly GraceOption _grace = TrainingStop.Option();
    private readonly Option<bool> _json = SharedOptions.Json();

    public SearchVerb()
        : base(
            "search",
            "Searches the settings of a recipe, at random or by successive halving, and keeps the best. "
            + "Can be interrupted at any time; run it again to continue.",
            "evoke search recipes/search/demo.yaml --train-labels train.csv --val-labels val.csv --features features --out search")
    {
        Add(_search);
        Add(_trainLabels);
        Add(_valLabels);
        _features.AddRequiredTo(this);
        Add(_out);
        Add(_device);
        _grace.AddTo(this);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        SearchSpec spec = SearchReader.Read(context.GetRequired(_search), context.Catalog);
        (HyperparameterSearch search, SearchReport report) = ProgressDisplay.Show(context.Terminal, board => Search(context, spec, board));
        if (context.Get(_json))
        {
            PrintJson(context, search, report);
        }
        else
        {
            context.Terminal.Out.Write(TrialTable.ToText(report));
            if (report.Best.Score is not null)
            {
                context.Terminal.Out.WriteLine($"table: {search.TrialsFile}; the best trial's recipe: {search.BestRecipeFile}");
            }
        }

        foreach (RunFolderException damage in report.Damages)
        {
            context.Fail($"evoke: {damage.Message} This trial was left out; remove its folder to run it again.");
        }

        if (report.Trials.All(trial => trial.State == TrialState.Diverged))
        {
            context.Fail("evoke: the loss of every trial became NaN or infinite; try smaller learning rates.");
            return Task.FromResult(ExitCode.SomeFailed);
        }

        return Task.FromResult(report.Damages.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done);
    }

    private (HyperparameterSearch Search, SearchReport Report) Search(VerbContext context, SearchSpec spec, IProgressBoard board)
    {
        FeatureLocation location = _features.Require(context);
        using IFeatureSource features = location.Open(spec.BaseRecipe().Data.Rate);
        RecipeData data = new(LabelSet.Read(context.GetRequired(_trainLabels)), LabelSet.Read(context.GetRequired(_valLabels)), features);
        TrainerOptions options = new()
        {
            Device = ComputeDevice.Parse(context.GetRequired(_device)),
            Sources = RunSources.Of(data, location),
            Command = context.Command,
        };
        HyperparameterSearch search = new(spec, data, context.GetRequired(_out), options);
        using SearchDisplay display = new(board);
        using TrainingStop stop = new(context, _grace);
        return (search, search.Run(display, stop.Now, stop.AtCheckpoint));
    }

    private static void PrintJson(VerbContext context, HyperparameterSearch search, SearchReport report) => context.Terminal.WriteJson(new
    {
        report.Metric,
        Best = report.Best.Score is null ? null : Json(report, report.Best),
        BestRecipe = report.Best.Score is null ? null : search.BestRecipeFile,
        Table = search.TrialsFile,
        Trials = report.Trials.Select(trial => Json(report, trial)),
    });

    private static object Json(SearchReport report, SearchTrial trial) => new
    {
        Trial = trial.Number,
        trial.Score,
        trial.Epochs,
        trial.BestEpoch,
        State = trial.State.ToString().ToLowerInvariant(),
        Run = trial.Folder,
        Values = report.Keys.Zip(trial.Values).ToDictionary(pair => pair.First, pair => pair.Second),
    };
}
