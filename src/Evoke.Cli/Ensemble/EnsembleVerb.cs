using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Ensembles;
using Evoke.Files.Text;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Training.Runs;

namespace Evoke.Cli.Ensemble;

/// <summary><c>evoke ensemble</c>.</summary>
internal sealed class EnsembleVerb : Verb
{
    private const string Fitted = "fitted";

    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "Folders of training runs, or model files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _top = NumberOptions.Count("--top", "Number of members: the models with the best validation scores.", "N", usual: 8);

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile)
    {
        Description = "The model file to write.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _weights =
        SharedOptions.Choice("--weights", "mean: all members equally. fitted: weights for each emotion, fitted on the validation videos.", "mean", Fitted);

    private readonly PathOption<string?> _valLabels = new("--val-labels", PathRole.InputFile)
    {
        Description = "Labels to score on, a CSV file in EEV's format. Default for labels and features: those recorded in the runs.",
        HelpName = "CSV",
    };

    private readonly FeatureOptions _features = new();
    private readonly Option<string> _device = SharedOptions.Device();
    private readonly Option<bool> _json = SharedOptions.Json();

    public EnsembleVerb()
        : base("ensemble", "Combines the best of several models into one model file, and prints the gain over the best single model.",
            "evoke ensemble runs/1 runs/2 runs/3 --top 8 --out ensemble.safetensors")
    {
        Add(_runs);
        Add(_top);
        Add(_out);
        Add(_weights);
        Add(_valLabels);
        _features.AddTo(this);
        Add(_device);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        EnsembleReport report = await ProgressDisplay.ShowAsync(
            context.Terminal, board => Task.Run(() => Build(context, board), CancellationToken.None)).ConfigureAwait(false);
        if (context.Get(_json))
        {
            PrintJson(context, report);
        }
        else
        {
            Print(context.Terminal.Out, report);
        }

        return ExitCode.Done;
    }

    private EnsembleReport Build(VerbContext context, IProgressBoard board)
    {
        string[] runs = context.GetRequired(_runs);
        string? valLabels = context.Get(_valLabels);
        FeatureLocation? location = _features.Find(context);
        if (valLabels is null || location is null)
        {
            RunSources remembered = RunSources.InCommon(runs);
            valLabels ??= remembered.ValidationLabels?.Path ?? throw new WrongUseException("No run records its validation labels: give --val-labels CSV.");
            location ??= remembered.Features ?? throw new WrongUseException("No run records its features: give --features DIR.");
        }

        IReadOnlyList<EnsembleCandidate> candidates = EnsembleCandidate.Of(runs, context.Catalog.ModelHeads);
        LabelSet labels = LabelSet.Read(valLabels);
        using IFeatureSource features = location.Open(candidates[0].Rate);
        using IProgressLine line = board.Start("validation", "videos", labels.Videos.Count);
        EnsembleOptions options = new()
        {
            Top = context.GetRequired(_top),
            Weighting = context.GetRequired(_weights) == Fitted ? EnsembleWeighting.Fitted : EnsembleWeighting.Mean,
            Head = new HeadModelOptions { Device = ComputeDevice.Parse(context.GetRequired(_device)), Heads = context.Catalog.ModelHeads },
        };
        return EnsembleBuilder.Build(candidates, labels, features, context.GetRequired(_out), options, new CountDisplay(line), context.CancellationToken);
    }

    private static void Print(TextWriter output, EnsembleReport report)
    {
        int width = Math.Max("ensemble".Length, report.Members.Max(member => member.Name.Length)) + 2;
        output.WriteLine($"{"member".PadRight(width)}{"Pearson",10}{"labelled",11}{"CCC",10}");
        foreach (EnsembleMember member in report.Members)
        {
            string note = member.SawValidation ? "  was trained on the validation videos too: its score is optimistic" : "";
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{member.Name.PadRight(width)}{member.Pearson,10:F5}{member.PearsonDetectedOnly,11:F5}{member.Ccc,10:F5}{note}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"ensemble".PadRight(width)}{report.Score.Pearson,10:F5}{report.Score.PearsonDetectedOnly,11:F5}{report.Score.Ccc,10:F5}"));
        if (report.LeftOut.Count > 0)
        {
            IEnumerable<string> names = report.LeftOut.Select(
                candidate => string.Create(CultureInfo.InvariantCulture, $"{candidate.Name} ({candidate.Pearson:F5})"));
            output.WriteLine($"left out: {string.Join(", ", names)}");
        }

        if (report is { CrossValidatedPearson: { } honest, Shrinkage: { } shrinkage })
        {
            string drawn = shrinkage == 1 ? "equal weights did best" : string.Create(
                CultureInfo.InvariantCulture, $"weights shrunk {100 * shrinkage:0} % towards equal");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cross-validated, on videos that the weights were not fitted on: Pearson {honest:F5}; {drawn}"));
        }

        string interval = report.GainInterval is { } found
            ? string.Create(CultureInfo.InvariantCulture, $"over videos, 2,000 samples: {found.Low:+0.00000;-0.00000} to {found.High:+0.00000;-0.00000}")
            : "over videos: n/a with one video";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"gain over the best member ({report.BestMember.Name}): {report.Gain:+0.00000;-0.00000} (95 % bootstrap interval {interval}), "
            + $"{Quantity.Of(report.Score.Videos, "video")}: {report.Path}"));
    }

    private static void PrintJson(VerbContext context, EnsembleReport report) => context.Terminal.WriteJson(new
    {
        Ensemble = Path.GetFullPath(report.Path),
        Weights = report.Weighting == EnsembleWeighting.Fitted ? "fitted" : "mean",
        report.Score.Pearson,
        report.Score.PearsonDetectedOnly,
        report.Score.Ccc,
        report.Score.PearsonInterval,
        BestMember = report.BestMember.Name,
        report.Gain,
        report.GainInterval,
        report.CrossValidatedPearson,
        report.Shrinkage,
        report.Score.Videos,
        report.Score.MissingVideos,
        report.Score.Emotions,
        report.Members,
        LeftOut = report.LeftOut.Select(candidate => new { candidate.Name, candidate.Pearson }),
    });
}
