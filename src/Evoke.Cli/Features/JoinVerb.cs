using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Features.Store;

namespace Evoke.Cli.Features;

/// <summary><c>evoke features join</c>.</summary>
internal sealed class JoinVerb : Verb
{
    private readonly PathArgument<string[]> _folders = new("DIR", PathRole.InputFolder)
    {
        Description = "Folders of feature files, two or more. The order is that of the numbers in a joined row.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder for the joined feature files, another one than those that are joined.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public JoinVerb()
        : base(
            "join",
            "Joins the features of each video from several folders: those of one modality side by side, picture and sound as one file.",
            "evoke features join swin silero --out both")
    {
        Add(_folders);
        Add(_out);
        Add(_json);
        Validators.Add(result =>
        {
            string[] joined = result.GetValue(_folders) ?? [];
            if (joined.Length == 1)
            {
                result.AddError($"A join needs two or more folders; found only '{joined[0]}'.");
            }

            string[] folders = [.. joined.Append(result.GetValue(_out)).OfType<string>().Select(Path.GetFullPath)];
            if (folders.GroupBy(Path.TrimEndingDirectorySeparator, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                result.AddError($"The folders of a join and its --out are different ones; found '{twice.Key}' twice.");
            }
        });
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        FeatureStore[] stores = [.. context.GetRequired(_folders).Select(FeatureStore.Open)];
        FeatureStore to = FeatureStore.OpenOrCreate(context.GetRequired(_out));
        StoreJoinReport report = await ProgressDisplay.ShowAsync(
            context.Terminal,
            board => Task.Run(
                () => StoreJoin.Run(stores, to, new FeatureDisplay(context.Terminal, board), context.CancellationToken))).ConfigureAwait(false);
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = to.Folder,
                report.Joined,
                Failed = report.Failed.Select(failure => new { failure.VideoId, Error = failure.Error.Message }),
            });
        }
        else
        {
            context.Terminal.Out.WriteLine($"{report.Joined} joined, {report.Failed.Count} failed: {to.Folder}");
        }

        return report.Failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
