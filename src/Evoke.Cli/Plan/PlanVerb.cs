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
    private const double SecondsPerHour = 3600;

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

    private readonly Option<int?> _videos =
        NumberOptions.CountOrNone("--videos", "Plan for this many videos, of which those of the manifest are a sample.", "N");

    private readonly Option<double?> _within = NumberOptions.NumberOrNone(
        "--within", "Also find how many nodes are needed to be done within this time in 19 of 20 simulations.", "HOURS", least: 0.01, most: 1e5);

    private readonly Option<bool> _gpu = new("--gpu")
    {
        Description = "Also compute what the visual network takes on GPUs, from its published speed; nothing of it is measured.",
    };

    private readonly Option<double?> _gpuPrice =
        NumberOptions.NumberOrNone("--gpu-price", "Price of one GPU-hour, in the currency of --price.", "AMOUNT", least: 0, most: 1e6);

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
        Add(_videos);
        Add(_within);
        Add(_gpu);
        Add(_gpuPrice);
        Add(_stragglers);
        Add(_failures);
        Add(_seeds);
        Add(_seedHours);
        Add(_seed);
        Add(_json);
        this.Needs(_seeds, _seedHours);
        this.Needs(_seedHours, _seeds);
        this.Needs(_gpuPrice, _gpu);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        _encoders.Check(context);
        PublishedThroughput? published = context.Get(_gpu) ? PublishedOf(_encoders.VisualName(context)) : null;
        string path = context.GetRequired(_manifest);
        ImmutableArray<ManifestEntry> entries = Manifest.Read(path);
        double videoSeconds = entries.Sum(entry => entry.DurationSeconds);
        if (!(videoSeconds > 0))
        {
            throw new PlanException($"{path} lists no video with a known duration.");
        }

        int? many = context.Get(_videos);
        videoSeconds *= (double)(many ?? entries.Length) / entries.Length;
        (ExtractionCost cost, double picturesPerSecond) = await MeasureAsync(context, path, entries).ConfigureAwait(false);
        ClusterConditions conditions = new()
        {
            StragglerShare = context.GetRequired(_stragglers),
            FailuresPerNodeHour = context.GetRequired(_failures),
            PricePerNodeHour = context.Get(_price),
            Seed = context.GetRequired(_seed),
        };
        ClusterForecast forecast = new(videoSeconds, conditions);
        ImmutableArray<int> numbers = context.GetRequired(_nodes).Values;
        Func<int, StageForecast> extraction = many is { } videos
            ? nodes => forecast.ScaledExtraction(entries, videos, cost, nodes)
            : nodes => forecast.Extraction(entries, cost, nodes);
        List<StageForecast> stages = [.. numbers.Select(extraction)];
        if (context.Get(_seeds) is { } seeds && context.Get(_seedHours) is { } hours)
        {
            stages.AddRange(numbers.Select(nodes => forecast.Training(seeds, hours * SecondsPerHour, nodes)));
        }

        double? within = context.Get(_within) * SecondsPerHour;
        ExtractionPlan plan = new()
        {
            Videos = many ?? entries.Length,
            SampleOf = many is null ? null : entries.Length,
            VideoSeconds = videoSeconds,
            Measured = cost,
            Conditions = conditions,
            Stages = stages,
            WithinSeconds = within,
            Fewest = within is { } most ? ClusterForecast.Fewest(extraction, most) : null,
            Gpu = published?.Forecast(videoSeconds, picturesPerSecond, context.Get(_gpuPrice), within),
        };
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(plan);
        }
        else
        {
            PlanText.Print(context.Terminal.Out, plan);
        }

        return ExitCode.Done;
    }

    private static PublishedThroughput PublishedOf(string? encoder) => encoder is not null && PublishedThroughput.Of(encoder) is { } published
        ? published
        : throw new WrongUseException(
            $"--gpu needs a visual encoder with a published speed ({string.Join(", ", PublishedThroughput.All.Select(figure => figure.Encoder))}); "
            + $"found '{encoder ?? "none"}'.");

    private async Task<(ExtractionCost Cost, double PicturesPerSecond)> MeasureAsync(
        VerbContext context, string manifest, ImmutableArray<ManifestEntry> entries)
    {
        ImmutableArray<ManifestEntry> sample = ExtractionSample.Choose(entries, context.GetRequired(_sample));
        _encoders.StartProgram(context);
        using IVisualEncoder? visual = _encoders.Visual(context);
        using IAudioEncoder? audio = _encoders.Audio(context);
        FeatureExtractor extractor = new(visual, audio, _encoders.Extraction(context));
        using Process self = Process.GetCurrentProcess();
        double startedSeconds = (DateTime.Now - self.StartTime).TotalSeconds;
        ExtractionCost cost = await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => ExtractionSample.MeasureAsync(
                extractor, sample, Path.GetDirectoryName(Path.GetFullPath(manifest))!, startedSeconds, new ExtractionDisplay(
                    context.Terminal, board, countsFrames: visual is not null), context.CancellationToken)).ConfigureAwait(false);
        return (cost, visual?.FramesFor(extractor.Options.Rate).Rate ?? 0);
    }
}
