using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Evoke.Cli.Extract;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Cluster.Planning;
using Evoke.Datasets.Manifests;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Plan;

/// <summary><c>evoke plan</c>.</summary>
internal sealed class PlanVerb : Verb
{
    private readonly PathArgument<string> _manifest = new("MANIFEST", PathRole.InputFile)
    {
        Description = "Videos to process: a list from 'evoke dataset manifest'.",
    };

    private readonly Option<WholeNumbers> _nodes =
        NumberOptions.List("--nodes", "Node counts to compare.", "N,N", new WholeNumbers([1, 4, 16, 64]), least: 1, most: 100_000);

    private readonly EncoderChoice _encoders = new();

    private readonly Option<int> _sample = NumberOptions.Count("--sample", "Number of videos to extract in order to measure this machine.", "N", usual: 4);

    private readonly Option<double?> _price =
        NumberOptions.NumberOrNone(
            "--price", "Price of one node-hour, in any currency; without it, no costs are printed.", "AMOUNT", least: 0, most: 1e6);

    private readonly Option<double> _stragglers =
        NumberOptions.Number(
            "--stragglers", "Share of nodes that are up to three times slower.", "SHARE", ClusterConditions.UsualStragglerShare, least: 0, most: 1);

    private readonly Option<double> _failures = NumberOptions.Number(
        "--failures",
        "Failures per node-hour; the work of a failed node starts again after two minutes.",
        "RATE",
        ClusterConditions.UsualFailuresPerNodeHour,
        least: 0,
        most: 10);

    private readonly Option<int?> _seeds =
        NumberOptions.CountOrNone("--seeds", "Also plan the training of this many seeds, each for --seed-hours on one node.", "N");

    private readonly Option<double?> _seedHours =
        NumberOptions.NumberOrNone("--seed-hours", "Hours that 'evoke train' takes for one seed.", "HOURS", least: 0, most: 1e4);

    private readonly Option<int> _seed = NumberOptions.Whole("--seed", "Seed of the simulation.", "N", 1, int.MinValue, int.MaxValue);
    private readonly Option<bool> _json = SharedOptions.Json();

    public PlanVerb()
        : base("plan", "Measures this machine on a few videos, and estimates the time, disk space and cost of the whole data set on several such nodes.",
            "evoke plan manifest.csv --visual swin-l --audio vggish --nodes 1,4,16 --price 0.40")
    {
        Add(_manifest);
        Add(_nodes);
        _encoders.AddTo(this);
        Add(_sample);
        Add(_price);
        Add(_stragglers);
        Add(_failures);
        Add(_seeds);
        Add(_seedHours);
        Add(_seed);
        Add(_json);
        this.Needs(_seeds, _seedHours);
        this.Needs(_seedHours, _seeds);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        _encoders.Check(context);
        string path = context.GetRequired(_manifest);
        ImmutableArray<ManifestEntry> entries = Manifest.Read(path);
        double videoSeconds = entries.Sum(entry => entry.DurationSeconds);
        if (!(videoSeconds > 0))
        {
            throw new PlanException($"{path} lists no video with a known duration.");
        }

        ExtractionCost cost = await MeasureAsync(context, path, entries).ConfigureAwait(false);
        ClusterConditions conditions = new()
        {
            StragglerShare = context.GetRequired(_stragglers),
            FailuresPerNodeHour = context.GetRequired(_failures),
            PricePerNodeHour = context.Get(_price),
            Seed = context.GetRequired(_seed),
        };
        ClusterForecast forecast = new(videoSeconds, conditions);
        ImmutableArray<int> numbers = context.GetRequired(_nodes).Values;
        List<StageForecast> stages = [.. numbers.Select(nodes => forecast.Extraction(entries, cost, nodes))];
        if (context.Get(_seeds) is { } seeds && context.Get(_seedHours) is { } hours)
        {
            stages.AddRange(numbers.Select(nodes => forecast.Training(seeds, hours * 3600, nodes)));
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new { Videos = entries.Length, VideoSeconds = videoSeconds, Measured = cost, Conditions = conditions, Stages = stages });
        }
        else
        {
            PlanText.Print(context.Terminal.Out, entries.Length, videoSeconds, cost, conditions, stages);
        }

        return ExitCode.Done;
    }

    private async Task<ExtractionCost> MeasureAsync(VerbContext context, string manifest, ImmutableArray<ManifestEntry> entries)
    {
        ImmutableArray<ManifestEntry> sample = ExtractionSample.Choose(entries, context.GetRequired(_sample));
        _encoders.StartProgram(context);
        using IVisualEncoder? visual = _encoders.Visual(context);
        using IAudioEncoder? audio = _encoders.Audio(context);
        FeatureExtractor extractor = _encoders.Extractor(context, visual, audio);
        using Process self = Process.GetCurrentProcess();
        double startedSeconds = (DateTime.Now - self.StartTime).TotalSeconds;
        return await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => ExtractionSample.MeasureAsync(
                extractor, sample, Path.GetDirectoryName(Path.GetFullPath(manifest))!, startedSeconds, new ExtractionDisplay(
                    context.Terminal, board, countsFrames: visual is not null), context.CancellationToken)).ConfigureAwait(false);
    }
}
