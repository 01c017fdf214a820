using System.CommandLine;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Demo;
using Evoke.Files.Text;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset demo</c>.</summary>
internal sealed class DatasetDemoVerb : Verb
{
    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder of the data set. Existing files are not generated again.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int> _videos =
        NumberOptions.Whole("--videos", "Number of films, 3 or more.", "N", 60, DemoDatasetOptions.LeastVideos, int.MaxValue);

    private readonly Option<int> _seconds =
        NumberOptions.Whole("--seconds", "Duration of each film, 10 or more.", "S", 60, DemoDatasetOptions.LeastSeconds, int.MaxValue);

    private readonly Option<long> _seed =
        NumberOptions.Whole("--seed", "Random seed: the same seed gives the same scenes and labels.", "K", 1L, long.MinValue, long.MaxValue);

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetDemoVerb()
        : base(
            "demo",
            "Generates films with sound, and labels that follow from what is seen and heard. Can be interrupted at any time; run it again to continue.",
            "evoke dataset demo --out demo --videos 60 --seconds 60")
    {
        Add(_out);
        Add(_videos);
        Add(_seconds);
        Add(_seed);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string folder = Path.GetFullPath(context.GetRequired(_out));
        DemoDataset dataset = DemoDataset.Draw(new DemoDatasetOptions
        {
            Videos = context.GetRequired(_videos),
            Seconds = context.GetRequired(_seconds),
            Seed = context.GetRequired(_seed),
        });
        await CountDisplay.ShowAsync(context.Terminal, "films", dataset.Films.Length, async progress =>
        {
            await dataset.WriteAsync(folder, progress, context.CancellationToken).ConfigureAwait(false);
            return dataset;
        }).ConfigureAwait(false);

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Folder = folder,
                Train = Ids(dataset, DatasetSplit.Train),
                Val = Ids(dataset, DatasetSplit.Validation),
                Test = Ids(dataset, DatasetSplit.Test),
            });
        }
        else
        {
            context.Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Of(dataset.Films.Length, "film")} of {dataset.Options.Seconds} s, {Ids(dataset, DatasetSplit.Train).Length} for training, "
                + $"{Ids(dataset, DatasetSplit.Validation).Length} for validation, {Ids(dataset, DatasetSplit.Test).Length} for testing: {folder}"));
        }

        return ExitCode.Done;
    }

    private static string[] Ids(DemoDataset dataset, DatasetSplit split) => [.. dataset.Films.Where(film => film.Split == split).Select(film => film.VideoId)];
}
