using System.CommandLine;
using System.CommandLine.Parsing;
using Evoke.Cli.Options;
using Evoke.Cli.Verbs;
using Evoke.Curves;
using Evoke.Insights.Rankings;

namespace Evoke.Cli.Rank;

/// <summary>The options of <c>evoke rank</c> that say which rows and columns are shown, in which order, and where they are written.</summary>
internal sealed class RankOptions
{
    private readonly Option<string?> _sort = new("--sort")
    {
        Description = "Column to sort by, highest value first. Default: the mean of the first curve.",
        HelpName = "KEY",
    };

    private readonly Option<bool> _ascending = new("--ascending") { Description = "Sort by the lowest value, or the first text, first." };
    private readonly Option<int?> _top = NumberOptions.CountOrNone("--top", "Take only the first N videos.", "N");

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Take only videos that meet a condition, such as 'duration_seconds<600' or 'peak.arousal>=0.8'. May be repeated: all must hold.",
        HelpName = "CONDITION",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description = "Columns to print, separated by commas. Default: the sorted one, and as many others as fit.",
        HelpName = "KEY,KEY",
        CustomParser = result =>
            [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    private readonly PathOption<string[]> _tables = TableOption("--table", "Write the table, with all columns, as .csv, .json or .parquet. May be repeated.");

    private readonly PathOption<string[]> _scenes = TableOption(
        "--scenes", "Write a table of the scenes of these videos, from cut to cut, as .csv, .json or .parquet. May be repeated.");

    private readonly Option<bool> _json = SharedOptions.Json();

    /// <summary>All of them: they have no effect on a shard.</summary>
    public Option[] All => [_sort, _ascending, _top, _where, _columns, _tables, _scenes];

    /// <summary>The files of the table.</summary>
    public string[] TablesOf(VerbContext context) => context.Get(_tables) ?? [];

    /// <summary>The files of the table of scenes.</summary>
    public string[] ScenesOf(VerbContext context) => context.Get(_scenes) ?? [];

    /// <summary>True if the result is printed as JSON.</summary>
    public bool IsJson(VerbContext context) => context.Get(_json);

    /// <summary>The columns to print; empty for those that fit.</summary>
    public string[] ColumnsOf(VerbContext context) => context.Get(_columns) ?? [];

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in All)
        {
            verb.Add(option);
        }

        verb.Add(_json);
        _where.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => RankingCondition.TryParse(token.Value) is null))
            {
                result.AddError($"{_where.Name} takes a column, one of < <= > >= = !=, and a value, for example 'peak.arousal>=0.8'; found '{token.Value}'.");
            }
        });
        verb.Idle([_columns], [_json], "JSON has all columns");
    }

    /// <summary>Refuses files that a table cannot be written to, before anything is predicted.</summary>
    /// <exception cref="RankingException">A name ends in something else than .csv, .json or .parquet, or two are of one file.</exception>
    public void Check(VerbContext context)
    {
        string[] files = [.. TablesOf(context), .. ScenesOf(context)];
        Array.ForEach(files, RankingFile.ThrowIfOther);
        if (files.GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new RankingException($"Each table needs a file of its own; '{twice.First()}' is named {twice.Count()} times.");
        }
    }

    /// <summary>Refuses columns that no table has, before anything is predicted.</summary>
    /// <param name="context">The options.</param>
    /// <param name="scheme">The curves that will be predicted.</param>
    /// <exception cref="RankingException">There is no column of a name.</exception>
    public void CheckColumns(VerbContext context, EmotionScheme scheme)
    {
        IEnumerable<string> conditions = (context.Get(_where) ?? []).Select(text => RankingCondition.TryParse(text)!.Column);
        VideoRanking.ThrowIfNever([.. new[] { context.Get(_sort) }.OfType<string>(), .. conditions, .. ColumnsOf(context)], scheme);
    }

    /// <summary>The column that is sorted by.</summary>
    public string SortedBy(VerbContext context, RankingTable table) => context.Get(_sort) ?? VideoRanking.UsualOrder(table);

    /// <summary>True if the lowest value comes first; so it does for ids where no column is asked for.</summary>
    public bool IsAscending(VerbContext context, string sorted) =>
        context.Get(_ascending) || (context.Get(_sort) is null && sorted == VideoRanking.VideoColumn);

    /// <summary>The rows that were asked for, in order.</summary>
    public RankingTable Apply(VerbContext context, RankingTable table, string sorted)
    {
        RankingTable ranked = table.RankedBy(sorted, IsAscending(context, sorted));
        ranked = (context.Get(_where) ?? []).Select(text => RankingCondition.TryParse(text)!).Aggregate(ranked, (rows, condition) => rows.Where(condition));
        return context.Get(_top) is { } top ? ranked.Top(top) : ranked;
    }

    private static PathOption<string[]> TableOption(string name, string description) => new(name, PathRole.OutputFile)
    {
        Description = description,
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };
}
