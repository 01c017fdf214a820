using System.CommandLine;
using System.Text.Json;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Checking;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset check</c>.</summary>
internal sealed class DatasetCheckVerb : Verb
{
    private readonly PathOption<string[]> _csv = SharedOptions.LabelFiles();
    private readonly PathOption<string?> _videos = new("--videos", PathRole.InputFolder) { Description = "Folder of the videos.", HelpName = "DIR" };
    private readonly PathOption<string?> _features = new("--features", PathRole.InputFolder) { Description = "Folder of the features.", HelpName = "DIR" };

    private readonly Option<double> _tolerance =
        NumberOptions.Number("--tolerance", "Allowed difference between durations, in seconds.", "S", usual: 2, least: 0, most: 1e6);

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetCheckVerb()
        : base("check", "Checks that labels, videos and features match. The exit code is 1 if they do not.",
            "evoke dataset check --csv train.csv val.csv --videos videos",
            "evoke dataset check --csv train.csv --features features --tolerance 5")
    {
        Add(_csv);
        Add(_videos);
        Add(_features);
        Add(_tolerance);
        Add(_json);
        this.Needs(_tolerance, _videos, _features);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        DatasetCheckOptions options = new()
        {
            LabelFiles = context.GetRequired(_csv),
            Videos = context.Get(_videos),
            Features = context.Get(_features),
            ToleranceSeconds = context.GetRequired(_tolerance),
        };
        DatasetCheckReport report = await CountDisplay.ShowAsync(
            context.Terminal, "videos", total: null, progress => DatasetCheck.RunAsync(options, progress, context.CancellationToken)).ConfigureAwait(false);
        if (report.DamagedList is { } damage)
        {
            context.Log($"warning: {damage.Message} Only the rows above it count.");
        }

        foreach (string note in report.Notes)
        {
            context.Log(note);
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                report.Labelled,
                report.Files,
                report.Features,
                Disagreements = report.Disagreements.Select(found => new { Kind = NameOf(found.Kind), found.VideoId, found.Message }),
                report.Notes,
                Gone = report.Gone.Select(video => new { video.VideoId, Kind = video.Kind.ToString().ToLowerInvariant(), video.Message }),
            });
        }
        else
        {
            Print(context, report);
        }

        return report.Disagreements.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Print(VerbContext context, DatasetCheckReport report)
    {
        foreach (Disagreement found in report.Disagreements)
        {
            context.Terminal.Out.WriteLine($"{NameOf(found.Kind)} {found.VideoId}: {found.Message}");
        }

        string files = report.Files is { } there ? $", {Quantity.Of(there, "file")}" : "";
        string features = report.Features is { } made ? $", {made} with features" : "";
        string gone = report.Gone.Count > 0 ? $", {report.Gone.Count} known to be unavailable" : "";
        string disagreements = Quantity.Of(report.Disagreements.Count, "disagreement");
        context.Terminal.Out.WriteLine($"{Quantity.Of(report.Labelled, "labelled video")}{files}{features}{gone}: {disagreements}");
    }

    private static string NameOf(DisagreementKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
