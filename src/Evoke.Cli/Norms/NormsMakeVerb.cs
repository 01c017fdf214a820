using System.CommandLine;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Insights.Norms;

namespace Evoke.Cli.Norms;

/// <summary><c>evoke norms make</c>.</summary>
internal sealed class NormsMakeVerb : Verb
{
    private readonly PathArgument<string> _folder = new("FOLDER", PathRole.InputFolder)
    {
        Description = "Folder with predictions of one model, as 'evoke predict --json' writes them; folders in it are searched too.",
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFile)
    {
        Description = "The norms file to write.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "What the videos are called in results, such as trailers. Default: the name of the folder.",
        HelpName = "NAME",
    };

    public NormsMakeVerb()
        : base(
            "make",
            "Makes a norms file of a folder of predictions: for each number of the summary its values over the videos.",
            "evoke norms make curves --out trailers.norms.json --name trailers")
    {
        Add(_folder);
        Add(_out);
        Add(_name);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string folder = context.GetRequired(_folder), path = context.GetRequired(_out);
        NormFolder read = await CountDisplay.ShowAsync(
            context.Terminal,
            "predictions",
            null,
            progress => Task.Run(() => NormFolder.Read(folder, progress, context.CancellationToken), context.CancellationToken)).ConfigureAwait(false);
        foreach (EvokeException failure in read.Failures)
        {
            context.Fail($"failed: {failure.Message}");
        }

        Norm norm = Norm.Of(context.Get(_name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), read.Members);
        NormFile.Write(norm, path);
        if (read.Members.Length > norm.Videos.Length)
        {
            context.Log($"{Quantity.Of(read.Members.Length - norm.Videos.Length, "prediction")} of a video that was there already did not count.");
        }

        context.Terminal.Out.WriteLine($"{path}: {Quantity.Of(norm.Videos.Length, "video")} by {norm.Model}");
        if (norm.Videos.Length < Norm.MinimumVideos)
        {
            context.Log($"warning: percentiles need {Norm.MinimumVideos} videos besides the one that is compared.");
        }

        return read.Failures.IsEmpty ? ExitCode.Done : ExitCode.SomeFailed;
    }
}
