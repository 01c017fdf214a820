using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset import</c>.</summary>
internal sealed class DatasetImportVerb : Verb
{
    private static readonly string[] s_gold = ["mean", "median", "ewe"];

    private readonly Argument<string[]> _files = new("FILE|FOLDER")
    {
        Description = "Files of ratings, or folders of them: CSV, TSV, Excel, BIDS (_stim.tsv.gz, _events.tsv), ELAN (.eaf).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PathOption<string?> _out = new("--out", PathRole.OutputFolder) { Description = "Folder of the data set.", HelpName = "DIR" };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Show the first values of each kind of file as they are understood; write nothing.",
    };

    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Labels per second.", "2");

    private readonly Option<string> _gold =
        SharedOptions.Choice("--gold", "How the curves of several raters become one: mean, median, or mean weighted by agreement (ewe).", s_gold);

    private readonly Option<bool> _zScores = new("--z-scores") { Description = "Standardise each rater's values of a curve over all videos first." };

    private readonly Option<double> _lag = NumberOptions.Number(
        "--lag", "How late raters answer, in seconds: everything is moved earlier by this. People answer 2 to 4 s late.", "S", usual: 0, least: 0, most: 60);

    private readonly Option<bool> _alignRaters = new("--align-raters")
    {
        Description = "Estimate how much later than the others each rater answers, and move that rater's traces earlier by it.",
    };

    private readonly Option<double> _validation =
        NumberOptions.Number("--validation", "Share of the videos for val.csv; 0 to write labels.csv only.", "SHARE", usual: 0.2, least: 0, most: 0.9);

    private readonly GroupOptions _groups = new();
    private readonly RatingOptions _ratings = new();
    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetImportVerb()
        : base(
            "import",
            "Makes a data set of people's ratings: brings them to one rate, measures how far the raters agree, and writes labels, spread and a page.",
            "evoke dataset import ratings.csv --dry-run",
            "evoke dataset import ratings.csv --rate 2 --lag 3 --range 1..9 --out data",
            "evoke dataset import ratings --name '{video}/{rater}' --gold ewe --out data")
    {
        Add(_files);
        Add(_out);
        Add(_dryRun);
        Add(_rate);
        Add(_gold);
        Add(_zScores);
        Add(_lag);
        Add(_alignRaters);
        Add(_validation);
        _groups.AddTo(this);
        _ratings.AddTo(this);
        Add(_json);
        this.NeedsOneOf("There is nowhere to write to", _out, _dryRun);
        this.Idle([_out, _gold, _validation, _zScores, _lag, _alignRaters, .. _groups.All], [_dryRun], "nothing is written");
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        RatingMapping mapping = _ratings.MappingOf(context);
        RatingImportOptions options = new()
        {
            Files = [.. context.GetRequired(_files)],
            Mapping = mapping,
            Ranges = _ratings.RangesOf(context, mapping),
            Rate = context.GetRequired(_rate).Value,
            Gold = (GoldStandardKind)Array.IndexOf(s_gold, context.GetRequired(_gold)),
            ZScores = context.Get(_zScores),
            LagSeconds = context.GetRequired(_lag),
            AlignRaters = context.Get(_alignRaters),
            ValidationShare = context.GetRequired(_validation),
            Groups = _groups.Of(context),
        };
        ImportedRatings ratings = RatingImport.Run(options, context.CancellationToken);
        if (context.Get(_dryRun))
        {
            ShowDryRun(context, ratings);
            return Task.FromResult(ExitCode.Done);
        }

        string folder = Path.GetFullPath(context.GetRequired(_out)!);
        RatingDocument document = RatingDocument.Of(ratings);
        RatingFolder.Write(ratings, document, folder);
        foreach (string note in RatingText.Notes(ratings, $" on the page and in {RatingFolder.Document}"))
        {
            context.Log(note);
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(document);
        }
        else
        {
            RatingText.WriteResult(context.Terminal.Out, ratings, folder);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private void ShowDryRun(VerbContext context, ImportedRatings ratings)
    {
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(RatingText.JsonOf(ratings));
        }
        else
        {
            RatingText.WriteDryRun(context.Terminal.Out, ratings);
        }
    }
}
