using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Evoke.Datasets.Checking;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset check</c>.</summary>
internal sealed class DatasetCheckVerb : Verb
{
    private readonly Option<string[]> _csv = LabelFileOption.Several();
    private readonly Option<string?> _videos = new("--videos") { Description = "Folder of the videos.", HelpName = "DIR" };
    private readonly Option<string?> _features = new("--features") { Description = "Folder of the features.", HelpName = "DIR" };

    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "Seconds by which lengths may differ.",
        HelpName = "S",
        DefaultValueFactory = _ => 2,
        Validators = { MustNotBeNegative },
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetCheckVerb()
        : base("check", "Looks whether labels, videos and features go together. The exit code is 1 if something disagrees.")
    {
        Add(_csv);
        Add(_videos);
        Add(_features);
        Add(_tolerance);
        Add(_json);
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
        DatasetCheckReport report = await LineProgress.ShowAsync(
            context.Terminal, "videos", total: null, progress => DatasetCheck.RunAsync(options, progress, context.CancellationToken)).ConfigureAwait(false);
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                report.Labelled,
                report.Files,
                report.Features,
                Disagreements = report.Disagreements.Select(found => new { Kind = NameOf(found.Kind), found.VideoId, found.Message }),
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

        string files = report.Files is { } there ? $", {there} files" : "";
        string features = report.Features is { } made ? $", {made} with features" : "";
        string gone = report.Gone.Count > 0 ? $", {report.Gone.Count} known to be gone" : "";
        context.Terminal.Out.WriteLine($"{report.Labelled} labelled videos{files}{features}{gone}: {report.Disagreements.Count} disagreements");
    }

    private static string NameOf(DisagreementKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static void MustNotBeNegative(OptionResult result)
    {
        if (result.Tokens is [var token] && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !(number >= 0))
        {
            result.AddError($"{result.Option.Name} takes seconds, 0 or more; found {token.Value}.");
        }
    }
}
