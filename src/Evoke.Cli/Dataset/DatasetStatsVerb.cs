using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Statistics;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset stats</c>.</summary>
internal sealed class DatasetStatsVerb : Verb
{
    private readonly PathOption<string> _csv = new("--csv", PathRole.InputFile)
    {
        Description = "Label file in EEV's format.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly PathOption<string?> _html = new("--html", PathRole.OutputFile)
    {
        Description = "Also write a page with a histogram and an example curve for each emotion.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetStatsVerb()
        : base(
            "stats",
            "Prints statistics of labels for each emotion: share of zeros, range, mean and smoothness.",
            "evoke dataset stats --csv train.csv --html train.html")
    {
        Add(_csv);
        Add(_html);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string path = context.GetRequired(_csv);
        DatasetStatistics statistics = await Task.Run(
            () => DatasetStatistics.Read(path, context.CancellationToken), context.CancellationToken).ConfigureAwait(false);
        if (context.Get(_html) is { } page)
        {
            StatisticsPage.Write(statistics, page);
        }

        if (context.Get(_json))
        {
            PrintJson(context, statistics);
        }
        else
        {
            PrintTable(context.Terminal.Out, statistics);
        }

        return ExitCode.Done;
    }

    private static void PrintJson(VerbContext context, DatasetStatistics statistics) => context.Terminal.WriteJson(new
    {
        statistics.Path,
        statistics.Videos,
        statistics.Rows,
        statistics.Hours,
        statistics.Rate,
        Timestamps = statistics.Timestamps.ToString().ToLowerInvariant(),
        statistics.GapShare,
        statistics.Gaps,
        statistics.LongestGapSeconds,
        Emotions = statistics.Emotions.ToDictionary(
            emotion => emotion.Emotion,
            emotion => new
            {
                Range = new[] { emotion.Range.Low, emotion.Range.High },
                emotion.Range.Unit,
                emotion.MissingShare,
                emotion.ZeroShare,
                emotion.Min,
                emotion.Max,
                emotion.Mean,
                emotion.Deviation,
                emotion.Median,
                emotion.Percentile95,
                emotion.Smoothness,
                Histogram = emotion.Histogram.AsEnumerable(),
            }),
    });

    private static void PrintTable(TextWriter output, DatasetStatistics statistics)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Path}: {Quantity.Of(statistics.Videos, "video")}, {Quantity.Of(statistics.Rows, "row")} "
            + $"at {statistics.Rate:0.###} Hz, {statistics.Hours:0.##} h; "
            + $"{100 * statistics.GapShare:0.#} % in {statistics.Gaps} gaps of up to {statistics.LongestGapSeconds:0.#} s"
            + $"{(statistics.Timestamps == TimestampUnit.Milliseconds ? "; the timestamps are taken to be in milliseconds" : "")}"));
        output.WriteLine($"{"emotion",-16}{"zero %",8}{"min",8}{"median",8}{"mean",8}{"p95",8}{"max",8}{"smooth",8}");
        foreach (EmotionStatistics emotion in statistics.Emotions)
        {
            string smoothness = emotion.Smoothness is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture) : "-";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{emotion.Emotion,-16}{100 * emotion.ZeroShare,8:0.0}{emotion.Min,8:0.000}{emotion.Median,8:0.000}{emotion.Mean,8:0.000}"
                + $"{emotion.Percentile95,8:0.000}{emotion.Max,8:0.000}{smoothness,8}{RangeOf(emotion)}"));
        }
    }

    // Only where the range is not from 0 to 1: EEV's table needs no more columns.
    private static string RangeOf(EmotionStatistics emotion) => emotion.Range == CurveRange.ZeroToOne ? "" : $"  {emotion.Range}";
}
