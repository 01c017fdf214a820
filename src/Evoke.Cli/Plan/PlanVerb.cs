using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Evoke.Cli.Extract;
using Evoke.Cli.Progress;
using Evoke.Cluster.Planning;
using Evoke.Datasets.Manifests;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Plan;

/// <summary><c>evoke plan</c>.</summary>
internal sealed class PlanVerb : Verb
{
    private static readonly int[] UsualNodes = [1, 4, 16, 64];

    private readonly Argument<string> _manifest = new("MANIFEST") { Description = "Videos to work on: a list that 'evoke dataset manifest' has written." };

    private readonly Option<int[]> _nodes = new("--nodes")
    {
        // A default of the option's own would be shown as "1|4|16|64".
        Description = $"Numbers of nodes to compare; {string.Join(',', UsualNodes)} unless given.",
        HelpName = "N,N",
        CustomParser = ParseNodes,
    };

    private readonly EncoderChoice _encoders = new();
    private readonly EncodingOptions _encoding = new();

    private readonly Option<int> _sample = new("--sample")
    {
        Description = "How many videos are extracted to measure this machine.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
        Validators = { SharedOptions.MustBePositive },
    };

    private readonly Option<double?> _price = Number("--price", "What an hour of a node costs, in any currency; without it, no costs are printed.", "AMOUNT", most: 1e6);
    private readonly Option<double?> _stragglers = Number("--stragglers", "Share of nodes that are slower, up to three times; 0.05 unless given.", "SHARE", most: 1);
    private readonly Option<double?> _failures = Number("--failures", "How often an hour a node is lost and its work taken up again after two minutes; 0.01 unless given.", "RATE", most: 10);

    private readonly Option<int?> _seeds = new("--seeds")
    {
        Description = "Also plan the training of so many seeds, each of --seed-hours on one node.",
        HelpName = "N",
        Validators = { SharedOptions.MustBePositive },
    };

    private readonly Option<double?> _seedHours = Number("--seed-hours", "What 'evoke train' takes for one seed.", "HOURS", most: 1e4);
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the simulation.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = SharedOptions.Json();

    public PlanVerb()
        : base("plan", "Measures this machine on a few videos, and says what all of them take on so many nodes like it: hours, disk, cost.")
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
        _encoding.AddTo(this);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        if (context.Get(_seeds) is null != context.Get(_seedHours) is null)
        {
            throw new WrongUseException("--seeds and --seed-hours go together.");
        }

        _encoders.ThrowIfNothing(context);
        string path = context.GetRequired(_manifest);
        ImmutableArray<ManifestEntry> entries = Manifest.Read(path);
        double videoSeconds = entries.Sum(entry => entry.DurationSeconds);
        if (!(videoSeconds > 0))
        {
            throw new PlanException($"{path} lists no video whose duration is known.");
        }

        ExtractionCost cost = await MeasureAsync(context, path, entries).ConfigureAwait(false);
        ClusterConditions usual = new();
        ClusterConditions conditions = usual with
        {
            StragglerShare = context.Get(_stragglers) ?? usual.StragglerShare,
            FailuresPerNodeHour = context.Get(_failures) ?? usual.FailuresPerNodeHour,
            PricePerNodeHour = context.Get(_price),
            Seed = context.GetRequired(_seed),
        };
        ClusterForecast forecast = new(videoSeconds, conditions);
        int[] numbers = context.Get(_nodes) is { Length: > 0 } given ? given : UsualNodes;
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
        _encoding.StartProgram(context);
        using IVisualEncoder? visual = _encoders.Visual(context, _encoding);
        using IAudioEncoder? audio = _encoders.Audio(context, _encoding);
        FeatureExtractor extractor = _encoders.Extractor(context, visual, audio);
        using Process self = Process.GetCurrentProcess();
        double startedSeconds = (DateTime.Now - self.StartTime).TotalSeconds;
        return await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => ExtractionSample.MeasureAsync(
                extractor, sample, Path.GetDirectoryName(Path.GetFullPath(manifest))!, startedSeconds, new ExtractionDisplay(context.Terminal, board, countsFrames: visual is not null), context.CancellationToken)).ConfigureAwait(false);
    }

    private static Option<double?> Number(string name, string description, string helpName, double most)
    {
        Option<double?> option = new(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } number && !(number >= 0 && number <= most))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from 0 to {most}; found {number}."));
            }
        });
        return option;
    }

    private static int[] ParseNodes(ArgumentResult result)
    {
        List<int> nodes = [];
        foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 100_000)
            {
                result.AddError($"--nodes takes whole numbers from 1 to 100000 with commas between, for example 1,4,16; found '{part}'.");
                return [];
            }

            nodes.Add(number);
        }

        return [.. nodes.Distinct().Order()];
    }
}
