using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evoke.Datasets.Demo;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset demo</c>.</summary>
internal sealed class DatasetDemoVerb : Verb
{
    private readonly Option<string> _out = new("--out") { Description = "Folder of the dataset. What is there already is not made again.", HelpName = "DIR", Required = true };

    private readonly Option<int> _videos = new("--videos")
    {
        Description = "How many films, 3 or more.",
        HelpName = "N",
        DefaultValueFactory = _ => 60,
        Validators = { result => MustReach(result, 3) },
    };

    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = "Length of each film, 10 or more.",
        HelpName = "S",
        DefaultValueFactory = _ => 60,
        Validators = { result => MustReach(result, 10) },
    };

    private readonly Option<long> _seed = new("--seed") { Description = "The same seed gives the same scenes and labels.", HelpName = "K", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetDemoVerb()
        : base("demo", "Makes films with sound and, for each, labels that follow from what is seen and heard. Can be stopped at any time and started again.")
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
        await LineProgress.ShowAsync(context.Terminal, "films", dataset.Films.Length, async progress =>
        {
            await dataset.WriteAsync(folder, progress, context.CancellationToken).ConfigureAwait(false);
            return dataset;
        }).ConfigureAwait(false);

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new { Folder = folder, Train = Ids(dataset, DatasetSplit.Train), Val = Ids(dataset, DatasetSplit.Validation), Test = Ids(dataset, DatasetSplit.Test) });
        }
        else
        {
            context.Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{dataset.Films.Length} films of {dataset.Options.Seconds} s, {Ids(dataset, DatasetSplit.Train).Length} to train on, {Ids(dataset, DatasetSplit.Validation).Length} to validate, {Ids(dataset, DatasetSplit.Test).Length} to test: {folder}"));
        }

        return ExitCode.Done;
    }

    private static string[] Ids(DemoDataset dataset, DatasetSplit split) => [.. dataset.Films.Where(film => film.Split == split).Select(film => film.VideoId)];

    private static void MustReach(OptionResult result, int least)
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number < least)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name} takes a whole number from {least}; found {number}."));
        }
    }
}
