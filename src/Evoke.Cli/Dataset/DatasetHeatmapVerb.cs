using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Csv;
using Evoke.Datasets.Heatmaps;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset heatmap</c>.</summary>
internal sealed class DatasetHeatmapVerb : Verb
{
    private readonly Argument<string[]> _files = new("FILE|FOLDER")
    {
        Description = "Info JSON files of yt-dlp (--write-info-json), or folders of them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile)
    {
        Description = "The label file to write.",
        HelpName = "CSV",
        Required = true,
    };

    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Labels per second.", "1");
    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetHeatmapVerb()
        : base(
            "heatmap",
            "Makes labels of YouTube's \"most replayed\" curves, as yt-dlp's info JSON has them: one curve, 'replayed', from 0 to 1.",
            "evoke dataset heatmap info --out labels.csv")
    {
        Add(_files);
        Add(_out);
        Add(_rate);
        Add(_json);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        string path = Path.GetFullPath(context.GetRequired(_out));
        HeatmapReading reading = ReplayHeatmap.Read(context.GetRequired(_files), context.GetRequired(_rate).Value, context.CancellationToken);
        foreach (HeatmapFailure failure in reading.Failures)
        {
            context.Fail($"failed: {failure.Message}");
        }

        if (!reading.Videos.IsEmpty)
        {
            EevCsv.Write(ReplayHeatmap.Scheme, reading.Videos, path, EevCsv.YouTubeId);
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Labels = reading.Videos.IsEmpty ? null : path,
                Videos = reading.Videos.Select(video => video.VideoId),
                Failed = reading.Failures.Select(failure => new { failure.File, Error = failure.Message }),
            });
        }
        else
        {
            string written = reading.Videos.IsEmpty ? "nothing written" : path;
            context.Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Quantity.Of(reading.Videos.Length, "video")} with a heatmap, {reading.Failures.Length} without: {written}"));
        }

        return Task.FromResult(reading.Failures.IsEmpty ? ExitCode.Done : ExitCode.SomeFailed);
    }
}
