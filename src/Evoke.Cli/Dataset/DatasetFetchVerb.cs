using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Csv;
using Evoke.Datasets.Fetching;
using Evoke.Files;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset fetch</c>.</summary>
internal sealed class DatasetFetchVerb : Verb
{
    private readonly PathOption<string[]> _csv = SharedOptions.LabelFiles();

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the videos. Existing videos are not downloaded again; videos that cannot be downloaded are listed in gone.csv.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int> _parallel = NumberOptions.Count("--parallel", "Number of simultaneous downloads.", "N", usual: 2);
    private readonly Option<int> _height = NumberOptions.Count("--height", "Maximum height of the video in pixels.", "PIXELS", usual: 720);

    private readonly Option<double> _pause =
        NumberOptions.Number(
            "--pause",
            "Least wait before each download, in seconds; the wait is random, up to three times as long. 0 for none.",
            "S",
            usual: 2,
            least: 0,
            most: 1e6);

    private readonly Option<double> _wait =
        NumberOptions.Number(
            "--wait",
            "Longest wait in all when the site limits requests, in minutes. The first wait is 1 minute, each following one twice as long, up to 60. "
                + "0 to leave the remaining videos for a later run at once.",
            "MINUTES",
            usual: 180,
            least: 0,
            most: 1e6);

    private readonly Option<bool> _retryGone = new("--retry-gone") { Description = "Retry videos that gone.csv lists as private, removed or blocked." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetFetchVerb()
        : base("fetch", "Downloads the videos that label files name, with yt-dlp. Can be interrupted at any time; run it again to continue.",
            "evoke dataset fetch --csv train.csv val.csv --out videos --height 360")
    {
        Add(_csv);
        Add(_out);
        Add(_parallel);
        Add(_height);
        Add(_pause);
        Add(_wait);
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
            LimitPatience = TimeSpan.FromMinutes(context.GetRequired(_wait)),
            RetryGone = context.Get(_retryGone),
        };
        VideoFetchReport report = await CountDisplay.ShowAsync(
            context.Terminal, "videos", ids.Length, progress => VideoFetch.RunAsync(
                ids, folder, options, progress, new ToldWaits(context), context.CancellationToken)).ConfigureAwait(false);
        if (report.Postponed.Count > 0)
        {
            context.Fail(
                $"The site is limiting requests: {Quantity.Of(report.Postponed.Count, "video")} {(report.Postponed.Count == 1 ? "is" : "are")} postponed. "
                + "Run the same command again in a few hours.");
        }

        if (report.DamagedList is { } damage)
        {
            context.Log($"warning: {damage.Message} Only the rows above it count; when the list changes, the file is kept under its name with "
                + $"{DamagedFile.Ending}.");
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

        string kinds = string.Join(
            ", ",
            report.Absent.GroupBy(video => video.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Count()} {kind.Key.ToString().ToLowerInvariant()}"));
        string gone = report.Absent.Count == 0 ? "0 unavailable" : $"{report.Absent.Count} unavailable ({kinds}; see {AbsenceList.FileName})";
        context.Terminal.Out.WriteLine($"{report.Fetched.Count} downloaded, {report.Present.Count} already there, {gone}: {folder}");
    }

    private sealed class ToldWaits(VerbContext context) : IProgress<TimeSpan>
    {
        public void Report(TimeSpan value)
        {
            string length = value >= TimeSpan.FromMinutes(1)
                ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalMinutes:0.#} min")
                : string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.#} s");
            context.Log($"The site is limiting requests: asking again in {length}. Nothing else is asked for until then.");
        }
    }
}
