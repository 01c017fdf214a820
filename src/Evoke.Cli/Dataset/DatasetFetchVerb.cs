using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evoke.Curves.Csv;
using Evoke.Datasets.Fetching;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset fetch</c>.</summary>
internal sealed class DatasetFetchVerb : Verb
{
    private readonly Option<string[]> _csv = LabelFileOption.Several();
    private readonly Option<string> _out = new("--out") { Description = "Folder of the videos. What is there already is not fetched again; what cannot be had is listed in gone.csv.", HelpName = "DIR", Required = true };
    private readonly Option<int> _parallel = new("--parallel") { Description = "Videos that are fetched at once.", HelpName = "N", DefaultValueFactory = _ => 2, Validators = { MustBePositive } };
    private readonly Option<int> _height = new("--height") { Description = "Lines of the picture at most.", HelpName = "LINES", DefaultValueFactory = _ => 720, Validators = { MustBePositive } };

    private readonly Option<double> _pause = new("--pause")
    {
        Description = "Seconds of rest before each download, up to three times as many; 0 for none.",
        HelpName = "S",
        DefaultValueFactory = _ => 2,
        Validators = { MustNotBeNegative },
    };

    private readonly Option<bool> _retryGone = new("--retry-gone") { Description = "Ask again for videos that gone.csv has as private, removed or blocked." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetFetchVerb()
        : base("fetch", "Fetches the videos of label files with yt-dlp. Can be stopped at any time and started again.")
    {
        Add(_csv);
        Add(_out);
        Add(_parallel);
        Add(_height);
        Add(_pause);
        Add(_retryGone);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string folder = Path.GetFullPath(context.GetRequired(_out));
        string[] ids = [.. context.GetRequired(_csv).SelectMany(EevCsv.ReadTimes).Select(video => video.VideoId).Distinct(StringComparer.Ordinal)];
        VideoFetchOptions options = new()
        {
            Parallel = context.GetRequired(_parallel),
            Height = context.GetRequired(_height),
            PauseSeconds = context.GetRequired(_pause),
            RetryGone = context.Get(_retryGone),
        };
        VideoFetchReport report = await LineProgress.ShowAsync(
            context.Terminal, "videos", ids.Length, progress => VideoFetch.RunAsync(ids, folder, options, progress, context.CancellationToken)).ConfigureAwait(false);
        if (report.Postponed.Count > 0)
        {
            context.Log($"The site asks for a pause: {report.Postponed.Count} videos are left for later. Run the same command again in some hours.");
        }

        Print(context, folder, report);
        return report.Absent.Count + report.Postponed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private void Print(VerbContext context, string folder, VideoFetchReport report)
    {
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = folder,
                report.Fetched,
                report.Present,
                Gone = report.Absent.Select(video => new { video.VideoId, Kind = video.Kind.ToString().ToLowerInvariant(), video.Message }),
                report.Postponed,
            });
            return;
        }

        string kinds = string.Join(", ", report.Absent.GroupBy(video => video.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Count()} {kind.Key.ToString().ToLowerInvariant()}"));
        string gone = report.Absent.Count == 0 ? "0 gone" : $"{report.Absent.Count} gone ({kinds}; see {AbsenceList.FileName})";
        context.Terminal.Out.WriteLine($"{report.Fetched.Count} fetched, {report.Present.Count} there already, {gone}: {folder}");
    }

    private static void MustBePositive(OptionResult result)
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number < 1)
        {
            result.AddError($"{result.Option.Name} takes a whole number from 1; found {token.Value}.");
        }
    }

    private static void MustNotBeNegative(OptionResult result)
    {
        if (result.Tokens is [var token] && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !(number >= 0 && double.IsFinite(number)))
        {
            result.AddError($"{result.Option.Name} takes seconds, 0 or more; found {token.Value}.");
        }
    }
}
