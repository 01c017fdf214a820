using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Extract;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Train;
using Evoke.Cli.Verbs;
using Evoke.Experiments.Paper;
using Evoke.Files;
using Evoke.Kernels.Torch;
using Evoke.Training.Recipes;

namespace Evoke.Cli.Reproduce;

/// <summary><c>evoke reproduce</c>.</summary>
internal sealed class ReproduceVerb : Verb
{
    private const string Paper = "paper";
    private const string Small = "small";
    private const string SeedKey = "train.seed";

    private readonly PathOption<string> _data = new("--data", PathRole.InputFolder)
    {
        Description = "Folder with train.csv, val.csv and features/; also features-6hz/ for the dense rows of Table 1 and features-NAME/ for Table 4. "
            + "A data set from 'evoke dataset demo' works as it is.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<WholeNumbers> _tables =
        NumberOptions.List("--tables", "Tables of the paper to reproduce.", "N,N", new WholeNumbers([1, 2, 3, 4]), least: 1, most: 4);

    private readonly Option<int> _seeds = NumberOptions.Count("--seeds", "Number of runs per row, each with another seed.", "N", usual: 3);

    private readonly PathOption<string?> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for runs and tables. Finished runs are not repeated. Default: reproduction, in the folder of --data.",
        HelpName = "DIR",
    };

    private readonly Option<string> _scale = SharedOptions.Choice(
        "--scale",
        "paper: networks and training as in the paper. small: those of the recipe demo. auto: small if there are fewer than 256 training videos.",
        "auto",
        Paper,
        Small);

    private readonly Option<string[]> _set = SharedOptions.Settings();
    private readonly Option<string> _device = SharedOptions.Device();
    private readonly GraceOption _grace = TrainingStop.Option();
    private readonly Option<bool> _json = SharedOptions.Json();

    public ReproduceVerb()
        : base(
            "reproduce",
            "Trains the models of the paper's tables and prints their scores beside the paper's. Can be interrupted at any time; run it again to continue.",
            "evoke reproduce --data eev --tables 1,3 --seeds 3")
    {
        Add(_data);
        Add(_tables);
        Add(_seeds);
        Add(_out);
        Add(_scale);
        Add(_set);
        Add(_device);
        _grace.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        (Reproduction reproduction, ReproductionReport report) = ProgressDisplay.Show(context.Terminal, board => Reproduce(context, board));
        if (context.Get(_json))
        {
            context.Terminal.Out.Write(await File.ReadAllTextAsync(reproduction.JsonFile, context.CancellationToken).ConfigureAwait(false));
        }
        else
        {
            context.Terminal.Out.Write(ReproductionText.Render(report));
            context.Terminal.Out.WriteLine($"Files: {reproduction.MarkdownFile}, {reproduction.PageFile}, {reproduction.JsonFile}");
        }

        return report.Failures.IsEmpty ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private (Reproduction Reproduction, ReproductionReport Report) Reproduce(VerbContext context, IProgressBoard board)
    {
        ReproductionOptions options = OptionsOf(context);
        string folder = Path.GetFullPath(context.GetRequired(_data));
        using ReproductionData data = ReproductionData.OpenAsync(
            folder, options.NeedsDenseFeatures, _ => new ExtractionDisplay(
                context.Terminal, board, countsFrames: true), context.CancellationToken).GetAwaiter().GetResult(); // Training runs on this thread.
        Reproduction reproduction = new(data, context.Get(_out) ?? Path.Combine(folder, "reproduction"), options);
        using IProgressLine all = board.Start("runs", "runs", reproduction.Runs.Count);
        using TrainingStop stop = new(context, _grace);
        ReproductionReport report = reproduction.Run(
            new InlineProgress<ReproductionProgress>(progress => Show(all, progress)), stop.Now, stop.AtCheckpoint);
        return (reproduction, report);
    }

    private ReproductionOptions OptionsOf(VerbContext context) => new()
    {
        Tables = [.. context.GetRequired(_tables).Values],
        Seeds = context.GetRequired(_seeds),
        Scale = context.GetRequired(_scale) switch
        {
            Paper => ReproductionScale.Paper,
            Small => ReproductionScale.Small,
            _ => null,
        },
        Settings = Settings(context),
        Device = ComputeDevice.Parse(context.GetRequired(_device)),
    };

    private static void Show(IProgressLine all, ReproductionProgress progress)
    {
        string label = string.Create(CultureInfo.InvariantCulture, $"{progress.Position + 1} of {progress.Count}: {progress.Run}");
        all.ShowRun(label, progress.Happening, progress.Position, progress.Count);
    }

    private string[] Settings(VerbContext context)
    {
        string[] settings = context.Get(_set) ?? [];
        return Array.Find(settings, setting => RecipeReader.KeyOf(setting) == SeedKey) is { } seed
            ? throw new WrongUseException($"--set {seed} has no effect: each run has its own seed; --seeds sets their number.")
            : settings;
    }
}
