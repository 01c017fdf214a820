using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evoke.Cli.Extract;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Train;
using Evoke.Experiments.Paper;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Reproduce;

/// <summary><c>evoke reproduce</c>.</summary>
internal sealed class ReproduceVerb : Verb
{
    private const int LastTable = 4;

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder with train.csv, val.csv and features/; for the dense rows of Table 1 features-6hz/, for others of Table 4 features-NAME/. Or a demo dataset as it is.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int[]> _tables = new("--tables")
    {
        Description = "Which of the paper's tables; all unless given.",
        HelpName = "1,2,3,4",
        CustomParser = ParseTables,
    };

    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "How often each run is repeated, with other seeds.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
        Validators = { SharedOptions.MustBePositive },
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder of runs and tables: DIR/reproduction unless given. What is done there is not done again.",
        HelpName = "DIR",
    };

    private readonly Option<Scale> _scale = new("--scale")
    {
        Description = "paper: networks and training as in the paper. small: those of the recipe demo. auto: small where there are fewer than 256 videos to train on.",
        HelpName = "auto|paper|small",
        DefaultValueFactory = _ => Scale.Auto,
    };

    private readonly Option<string[]> _set = SharedOptions.Settings();
    private readonly Option<string> _device = SharedOptions.Device();
    private readonly GraceOption _grace = TrainingStop.Option();
    private readonly Option<bool> _json = SharedOptions.Json();

    public ReproduceVerb()
        : base("reproduce", "Trains what the paper's tables need and prints them beside the paper's numbers. Can be stopped at any time and started again.")
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
            folder, options.NeedsDenseFeatures, _ => new ExtractionDisplay(context.Terminal, board, countsFrames: true), context.CancellationToken).GetAwaiter().GetResult(); // Training stays on this thread.
        Reproduction reproduction = new(data, context.Get(_out) ?? Path.Combine(folder, "reproduction"), options);
        using IProgressLine all = board.Start("runs", "runs", reproduction.Runs.Count);
        using TrainingStop stop = new(context, _grace);
        ReproductionReport report = reproduction.Run(progress => Show(all, progress), stop.Now, stop.AtCheckpoint);
        return (reproduction, report);
    }

    private ReproductionOptions OptionsOf(VerbContext context) => new()
    {
        Tables = [.. context.Get(_tables) is { Length: > 0 } some ? some : Enumerable.Range(1, LastTable)],
        Seeds = context.GetRequired(_seeds),
        Scale = context.GetRequired(_scale) switch
        {
            Scale.Paper => ReproductionScale.Paper,
            Scale.Small => ReproductionScale.Small,
            _ => null,
        },
        Settings = context.GetRequired(_set),
        Device = ComputeDevice.Parse(context.GetRequired(_device)),
    };

    private static void Show(IProgressLine all, ReproductionProgress progress)
    {
        string label = string.Create(CultureInfo.InvariantCulture, $"{progress.Position + 1} of {progress.Count}: {progress.Run}");
        all.ShowRun(label, progress.Happening, progress.Position, progress.Count);
    }

    private static int[] ParseTables(ArgumentResult result)
    {
        string text = string.Join(',', result.Tokens.Select(token => token.Value));
        List<int> tables = [];
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out int table) || table is < 1 or > LastTable)
            {
                result.AddError($"--tables takes numbers from 1 to {LastTable}, for example 1,3; found '{text}'.");
                return [];
            }

            tables.Add(table);
        }

        return [.. tables];
    }

    // What is typed: the engine's own enum would load its room for --help.
    private enum Scale
    {
        Auto,
        Paper,
        Small,
    }
}
