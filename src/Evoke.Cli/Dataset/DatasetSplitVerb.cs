using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evoke.Cli.Options;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Splits;

namespace Evoke.Cli.Dataset;

/// <summary><c>evoke dataset split</c>.</summary>
internal sealed class DatasetSplitVerb : Verb
{
    private const string UsualShares = "70/15/15";
    private const int MostFolds = 1000;

    private static readonly string[] s_names = ["train", "val", "test"];

    private readonly PathOption<string> _csv = new("--csv", PathRole.InputFile)
    {
        Description = "Labels to divide, a CSV file in EEV's format.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<ImmutableArray<double>> _shares = new("--shares")
    {
        Description = "How large train.csv, val.csv and test.csv are, relative to each other; two numbers for no test.csv. Default: 70/15/15.",
        HelpName = "A/B/C",
        CustomParser = ParseShares,
    };

    private readonly Option<int?> _folds = NumberOptions.CountOrNone(
        "--folds", "Make this many folds instead, each with its own train.csv and val.csv, so that each video is in one val.csv.", "K");

    private readonly GroupOptions _groups = new();

    private readonly Option<int> _seed = NumberOptions.Whole("--seed", "The seed of the random division.", "N", usual: 1, least: 0, most: int.MaxValue);

    private readonly PathOption<string> _out = new("--out", PathRole.OutputFolder) { Description = "Folder for the files.", HelpName = "DIR", Required = true };

    private readonly Option<bool> _json = SharedOptions.Json();

    public DatasetSplitVerb()
        : base(
            "split",
            "Divides labels at random into parts for training, validation and testing, or into folds. Videos that belong together stay together.",
            "evoke dataset split --csv labels.csv --shares 70/15/15 --seed 1 --out split",
            "evoke dataset split --csv labels.csv --folds 5 --group-by '(.*)_clip\\d+' --out folds")
    {
        Add(_csv);
        Add(_shares);
        Add(_folds);
        _groups.AddTo(this);
        Add(_seed);
        Add(_out);
        Add(_json);
        this.Excludes(_folds, _shares);
    }

    protected override Task<int> RunAsync(VerbContext context)
    {
        int? folds = context.Get(_folds);
        if (folds is 1 or > MostFolds)
        {
            throw new WrongUseException(string.Create(CultureInfo.InvariantCulture, $"--folds takes a whole number from 2 to {MostFolds}; found '{folds}'."));
        }

        LabelSet labels = LabelSet.Read(context.GetRequired(_csv));
        VideoGroups grouping = _groups.Of(context);
        ImmutableArray<string> groups = grouping.Of(labels.Videos.Select(video => video.VideoId));
        double[] shares = folds is { } count ? [.. Enumerable.Repeat(1.0, count)]
            : context.IsGiven(_shares) ? [.. context.Get(_shares)]
            : [70, 15, 15];
        ImmutableArray<int> parts = GroupDealing.Deal(labels, groups, shares, context.GetRequired(_seed));
        string folder = context.GetRequired(_out);
        string[] names = folds is null ? s_names[..shares.Length] : [.. Enumerable.Range(1, shares.Length).Select(fold => $"fold-{fold}")];
        ImmutableArray<string> files = folds is null
            ? SplitFolder.WriteParts(labels, groups, parts, names, folder)
            : [.. SplitFolder.WriteFolds(labels, groups, parts, folder).Select(fold => fold.Validation)];
        Part[] made = [.. names.Select((name, part) => PartOf(name, files[part], labels, groups, parts, part))];
        if (context.Get(_json))
        {
            context.Terminal.WriteJson(new
            {
                Groups = grouping.Description,
                Seed = context.GetRequired(_seed),
                Table = Path.GetFullPath(Path.Combine(folder, SplitFolder.Table)),
                Parts = made,
            });
        }
        else
        {
            Print(context.Terminal.Out, made, grouping);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static Part PartOf(string name, string file, LabelSet labels, ImmutableArray<string> groups, ImmutableArray<int> parts, int part)
    {
        int[] own = [.. Enumerable.Range(0, parts.Length).Where(video => parts[video] == part)];
        double seconds = own.Sum(video => labels.Videos[video].Curves.Grid.Count / labels.Videos[video].Curves.Grid.Rate.Hertz);
        return new(name, Path.GetFullPath(file), own.Length, own.Select(video => groups[video]).Distinct().Count(), seconds);
    }

    private static void Print(TextWriter output, Part[] parts, VideoGroups grouping)
    {
        output.WriteLine($"groups: {grouping.Description}");
        output.WriteLine($"{"part",-10}{"videos",8}{"groups",8}{"minutes",10}");
        foreach (Part part in parts)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{part.Name,-10}{part.Videos,8}{part.Groups,8}{part.Seconds / 60,10:0.0}  {part.File}"));
        }
    }

    private static ImmutableArray<double> ParseShares(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double[] shares =
        [
            .. text.Split('/').Select(
                part => double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && double.IsFinite(share)
                    ? share
                    : 0),
        ];
        if (shares.Length is not (2 or 3) || shares.Any(share => share <= 0))
        {
            result.AddError($"--shares takes two or three numbers above 0, for example {UsualShares}; found '{text}'.");
        }

        return [.. shares];
    }

    private sealed record Part(string Name, string File, int Videos, int Groups, double Seconds);
}
