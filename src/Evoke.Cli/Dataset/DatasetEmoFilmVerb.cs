using System.CommandLine;
using Evoke.Cli.Options;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.EmoFilm;
using Evoke.Datasets.Ratings;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset emo-film</c>.</summary>
internal sealed class DatasetEmoFilmVerb : Verb
{
    private const string Published = "published";
    private const string AllItems = "all";

    private static readonly string[] s_gold = ["mean", "median", "ewe", Published, "consensus"];
    private static readonly EmoFilmOptions s_usual = new() { Files = [] };

    private readonly PathOption<string?> _films = new("--films", PathRole.InputFolder)
    {
        Description = "Folder of your copies of the films: found by name and length. Default: labels of all films, under their names in Emo-FilM.",
        HelpName = "FOLDER",
    };

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder)
    {
        Description = "Folder of the data set.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _items = SharedOptions.Choice(
        "--items",
        "What becomes a curve: the 20 items that name feelings, the 50 of the published consensus, or all 55 that were recorded.",
        "feelings",
        "consensus",
        AllItems);

    private readonly Option<string> _gold = SharedOptions.Choice(
        "--gold",
        "How the curves of several raters become one: mean, median, mean weighted by agreement (ewe), or the authors' consensus "
            + "in standard deviations, as published (published) or computed from the raters by its rules (consensus).",
        s_gold);

    private readonly Option<bool> _allFilms = new("--all-films")
    {
        Description = "Use DamagedKungFu and RidingTheRails too, which the authors left out of their consensus.",
    };

    private readonly Option<double> _validation =
        NumberOptions.Number("--validation", "Share of the films for val.csv; 0 to write labels.csv only.", "SHARE", usual: 0.2, least: 0, most: 0.9);

    private readonly PathOption<string?> _ratings = new("--ratings", PathRole.OutputFolder)
    {
        Description = "Folder of the rating files; those that are missing or damaged are downloaded. Default: emo-film in $EVOKE_HOME, else ~/.cache/evoke.",
        HelpName = "DIR",
    };

    private readonly Option<Uri?> _from = SharedOptions.Address(
        "--from", "Download from this address instead, which the paths of the files follow.");

    private readonly PathOption<string?> _list = new("--list", PathRole.InputFile)
    {
        Description = "A list of the files with columns path, bytes, sha256, in place of that of version 1.0.3.",
        HelpName = "TSV",
    };

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetEmoFilmVerb()
        : base(
            "emo-film",
            "Makes a data set of Emo-FilM (CC0): what raters felt during 14 short films under free licences. "
                + "Downloads the ratings, up to 5 MB, and finds your films.",
            "evoke dataset emo-film --films films --out data",
            "evoke dataset emo-film --films films --items consensus --gold published --out data")
    {
        Add(_films);
        Add(_out);
        Add(_items);
        Add(_gold);
        Add(_allFilms);
        Add(_validation);
        Add(_ratings);
        Add(_from);
        Add(_list);
        Add(_json);
    }

    protected override async Task<int> RunAsync(VerbContext context)
    {
        string folder = Path.GetFullPath(context.GetRequired(_out));
        EmoFilmOptions options = OptionsOf(context);
        if (options.Films is { } films && !Directory.Exists(films))
        {
            throw new WrongUseException($"--films names a folder; '{films}' is not one.");
        }

        EmoFilmResult result = await CountDisplay.ShowAsync(
            context.Terminal, "rating files", total: null, progress => EmoFilmDataset.RunAsync(options, progress, context.CancellationToken))
            .ConfigureAwait(false);
        RatingDocument? document = result.Ratings is { } ratings ? RatingDocument.Of(ratings) : null;
        if (document is not null)
        {
            RatingFolder.Write(result.Ratings!, document, folder);
        }

        if (context.Get(_json))
        {
            context.Terminal.WriteJson(EmoFilmText.JsonOf(result, document));
        }
        else
        {
            EmoFilmText.Write(context.Terminal.Out, result, folder);
        }

        foreach (string line in result.Failures.Select(failure => $"failed: {failure.Error.Message}"))
        {
            context.Fail(line);
        }

        if (document is null)
        {
            context.Fail(
                $"None of the films is in {options.Films}: nothing was written. Their files must have the films' titles in their names, as listed above.");
        }

        return document is null ? ExitCode.WrongUse : result.Failures.IsEmpty ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private EmoFilmOptions OptionsOf(VerbContext context)
    {
        (string gold, string items, bool allFilms) = (context.GetRequired(_gold), context.GetRequired(_items), context.Get(_allFilms));
        if (gold == Published && (items == AllItems || allFilms))
        {
            string given = items == AllItems ? $"--items {AllItems}" : "--all-films";
            throw new WrongUseException($"--gold {Published} and {given} exclude each other: the published consensus has 50 items and 14 films. "
                + "--gold consensus computes it for all.");
        }

        return new EmoFilmOptions
        {
            Films = context.Get(_films) is { } films ? Path.GetFullPath(films) : null,
            Ratings = context.Get(_ratings) is { } ratings ? Path.GetFullPath(ratings) : s_usual.Ratings,
            Files = context.Get(_list) is { } list ? EmoFilmFiles.Read(list) : EmoFilmFiles.Published(),
            Address = context.Get(_from) ?? s_usual.Address,
            Items = items switch
            {
                AllItems => EmoFilmItems.All,
                "consensus" => EmoFilmItems.Consensus,
                _ => EmoFilmItems.Feelings,
            },
            Gold = (EmoFilmGold)Array.IndexOf(s_gold, gold),
            AllFilms = allFilms,
            ValidationShare = context.GetRequired(_validation),
        };
    }
}
