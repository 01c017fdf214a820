using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Datasets.Splits;
using Evoke.Experiments.Lags;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Kernels.Torch;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Members;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Cli.Train;

/// <summary><c>evoke train</c>.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly PathOption<string> _trainLabels = SharedOptions.TrainLabels();
    private readonly PathOption<string> _valLabels = SharedOptions.ValidationLabels();

    private readonly GroupOptions _groups = new();
    private readonly FeatureOptions _features = new();

    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "A recipe that comes with Evoke (small-data, paper, kl, ccc, sml, demo …), or a YAML file. "
            + $"Default: small-data with fewer than {RecipeDefault.FewVideos} training videos, else paper.",
        HelpName = "NAME|FILE",
    };

    private readonly Option<string[]> _set = SharedOptions.Settings();

    private readonly Option<bool> _findLag = new("--find-lag")
    {
        Description = "Find the lag of the training labels first, as 'evoke dataset lag' does, and use it as data.lag.",
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the run. An unfinished run there is continued.",
        HelpName = "RUN",
        Required = true,
    };

    private readonly Option<string> _device = SharedOptions.Device();
    private readonly GraceOption _grace = TrainingStop.Option();
    private readonly Option<bool> _json = SharedOptions.Json();

    public TrainVerb()
        : base("train", "Trains a head on features and labels, following a recipe. Can be interrupted at any time; run it again to continue.",
            "evoke train --train-labels train.csv --val-labels val.csv --features features --recipe paper --set seed=1 --out run")
    {
        Add(_trainLabels);
        Add(_valLabels);
        _groups.AddTo(this);
        _features.AddRequiredTo(this);
        Add(_recipe);
        Add(_set);
        Add(_findLag);
        Add(_out);
        Add(_device);
        _grace.AddTo(this);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        string[] settings = context.Get(_set) ?? [];
        Recipe? named = context.Get(_recipe) is { } name ? RecipeReader.Read(name, context.Catalog, settings) : null;
        LabelSet labels = LabelSet.Read(context.GetRequired(_trainLabels));
        RecipeDefault? choice = named is null ? RecipeDefault.For(labels.Videos.Count) : null;
        if (choice is not null)
        {
            context.Log(choice.Reason);
        }

        Recipe recipe = named ?? RecipeReader.Read(choice!.Name, context.Catalog, settings);
        if (context.Get(_findLag))
        {
            recipe = WithLag(context, labels, recipe);
        }

        RunFolder folder = new(context.GetRequired(_out));
        RunFinished finished = ProgressDisplay.Show(context.Terminal, board => Train(context, labels, recipe, choice?.Reason ?? "", folder, board));
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(
                new
                {
                    Run = Path.GetFullPath(folder.Path),
                    finished.Epochs,
                    finished.StoppedEarly,
                    finished.BestEpoch,
                    finished.BestScores,
                    Report = Path.GetFullPath(folder.Report),
                });
        }
        else
        {
            context.Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{EndOf(recipe, finished)}: Pearson {finished.BestScores["pearson"]:F4}: {folder.Best}"));
            context.Terminal.Out.WriteLine($"training curves: {folder.Report}");
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static string EndOf(Recipe recipe, RunFinished finished) => recipe.IsEnsemble
        ? $"finished an ensemble of {string.Join(" and ", recipe.Ensemble.Heads)}"
        : recipe.IsSolved ? $"solved the head ({recipe.Head.Kind})"
        : finished.StoppedEarly
            ? $"stopped early after {finished.Epochs} of {recipe.Train.Epochs} epochs, after {recipe.Train.Patience} validations without improvement; "
                + $"best after epoch {finished.BestEpoch}"
        : $"finished {Quantity.Of(finished.Epochs, "epoch")}; best after epoch {finished.BestEpoch}";

    // On the training videos alone.
    private Recipe WithLag(VerbContext context, LabelSet labels, Recipe recipe)
    {
        if (recipe.Data.Lag > 0)
        {
            throw new WrongUseException("--find-lag finds data.lag: the recipe or --set must not give one.");
        }

        using IFeatureSource features = _features.Require(context).Open(recipe.Data.Rate);
        LagSearchOptions options = new() { Rate = recipe.Data.Rate, Groups = _groups.Of(context) };
        LagReport report = LagSearch.Run(labels, features, options, cancellationToken: context.CancellationToken);
        context.Log(LagText.Of(report));
        return recipe with { Data = recipe.Data with { Lag = report.Chosen } };
    }

    private RunFinished Train(VerbContext context, LabelSet labels, Recipe recipe, string choice, RunFolder folder, IProgressBoard board)
    {
        FeatureLocation location = _features.Require(context);
        using IFeatureSource features = location.Open(recipe.Data.Rate);
        RecipeData data = new(labels, LabelSet.Read(context.GetRequired(_valLabels)), features);
        if (SharedVideos.NoteOf(data.TrainingLabels, data.ValidationLabels, _groups.Of(context)) is { } shared)
        {
            context.Log(shared);
        }

        RecipeSets sets = data.For(recipe, context.CancellationToken);
        context.Detail($"{Quantity.Of(sets.Train.Videos.Count, "video")} for training, {sets.Validation.Videos.Count} for validation");
        TrainerOptions options = new()
        {
            Device = ComputeDevice.Parse(context.GetRequired(_device)),
            Sources = RunSources.Of(data, location),
            Command = context.Command,
            RecipeChoice = choice,
        };
        using IProgressLine line = board.Start(recipe.Name, "epochs", RecipeRun.EpochsOf(recipe, sets.Train.Videos.Count));
        using TrainingStop stop = new(context, _grace);
        InlineProgress<TrainingEvent> shown = new(happening => Show(context, line, recipe, happening));
        return RecipeRun.Train(recipe, sets.Train, sets.Validation, folder, options, shown, stop.Now, stop.AtCheckpoint);
    }

    private static void Show(VerbContext context, IProgressLine line, Recipe recipe, TrainingEvent happening)
    {
        if (happening is RunStarted started)
        {
            ShowStart(context, started);
        }

        if (happening is EpochsChosen chosen)
        {
            context.Log(chosen.Reason);
        }

        line.ShowEpochs(recipe.Name, happening);
    }

    private static void ShowStart(VerbContext context, RunStarted started)
    {
        if (started.MissingVideos.Count > 0)
        {
            context.Log(
                $"{Quantity.Of(started.MissingVideos.Count, "video")} with labels but without features "
                + $"{(started.MissingVideos.Count == 1 ? "is" : "are")} skipped: "
                + $"{string.Join(", ", started.MissingVideos.Take(5))}{(started.MissingVideos.Count > 5 ? ", …" : "")}");
        }

        foreach (string note in started.Notes)
        {
            context.Log(note);
        }
    }
}
