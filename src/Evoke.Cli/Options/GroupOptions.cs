using System.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Datasets.Splits;

namespace Evoke.Cli.Options;

/// <summary>The options of every verb that keeps videos together: by a pattern of their ids, or by a table.</summary>
internal sealed class GroupOptions
{
    private readonly Option<string?> _pattern = new("--group-by")
    {
        Description = "Videos belong together whose ids agree in what the parentheses of this regular expression match, for example '(.*)_clip\\d+'.",
        HelpName = "PATTERN",
    };

    private readonly PathOption<string?> _table = new("--group-file", PathRole.InputFile)
    {
        Description = "A CSV file that says which videos belong together: their ids in the first column, their groups in another.",
        HelpName = "CSV",
    };

    private readonly Option<string?> _column = new("--group-column")
    {
        Description = "The column of --group-file with the groups. Default: 'group', or the second of two.",
        HelpName = "NAME",
    };

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_pattern);
        verb.Add(_table);
        verb.Add(_column);
        verb.Excludes(_pattern, _table);
        verb.Needs(_column, _table);
    }

    /// <summary>The options, for rules between them and a verb's others.</summary>
    public Option[] All => [_pattern, _table, _column];

    /// <summary>True if the command line says which videos belong together.</summary>
    public bool IsGiven(VerbContext context) => context.IsGiven(_pattern) || context.IsGiven(_table);

    /// <summary>Which videos belong together.</summary>
    public VideoGroups Of(VerbContext context) => context.Get(_pattern) is { } pattern ? VideoGroups.ByPattern(pattern)
        : context.Get(_table) is { } table ? VideoGroups.FromTable(table, context.Get(_column))
        : VideoGroups.None;
}
