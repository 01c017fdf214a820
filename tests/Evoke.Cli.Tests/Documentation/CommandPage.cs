using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using Evoke.Cli.Tests.CommandLine;
using Evoke.Cli.Verbs;
using Evoke.Encoders.Catalog;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>The page of all verbs, options and encoders, <c>docs/commands.md</c>, from the command line itself.</summary>
internal static class CommandPage
{
    private const string Head =
        """
        # Commands

        Every verb of `evoke` with its arguments and options, and every encoder. `--help` after a verb prints the same.
        All verbs have `--quiet`, `--verbose` and `--help`. Exit codes are in [outputs.md](outputs.md#exit-codes), keys of recipes in [recipes.md](recipes.md).
        This page is made from the code: to change it, change the code and run the tests once with `EVOKE_WRITE_DOCS=1`.

        """;

    /// <summary>The whole page.</summary>
    public static string ToMarkdown()
    {
        StringBuilder page = new(Head);
        foreach (string words in AllVerbs.Verbs.Select(row => row.Data))
        {
            WriteVerb(page, words, (Verb)AllVerbs.Find(words));
        }

        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        page.Append("\n## Encoders\n\nNames for `--visual`:\n\n");
        WriteEncoders(page, catalog.Visual.Entries.Select(entry => (entry.Usage, entry.Summary)));
        page.Append("\nNames for `--audio`:\n\n");
        WriteEncoders(page, catalog.Audio.Entries.Select(entry => (entry.Usage, entry.Summary)));
        return page.ToString();
    }

    private static void WriteVerb(StringBuilder page, string words, Verb verb)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## `evoke {words}`\n\n{verb.Description}\n\n```\n{string.Join('\n', verb.Examples)}\n```\n");
        string[] rows =
        [
            .. verb.Arguments.Where(argument => !argument.Hidden).Select(argument => Row(argument.Name, argument.Description, "")),
            .. verb.Options.Where(option => !option.Hidden && option is not HelpOption).Select(option => Row(Usage(option), option.Description, Usual(option))),
        ];
        if (rows.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n| | meaning | default |\n|---|---|---|\n{string.Concat(rows)}");
        }
    }

    private static void WriteEncoders(StringBuilder page, IEnumerable<(string Usage, string Summary)> entries)
    {
        page.Append("| name | what it is |\n|---|---|\n");
        foreach ((string usage, string summary) in entries)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{usage}` | {Cell(summary)} |\n");
        }
    }

    private static string Row(string usage, string? meaning, string usual) => $"| {Code(usage)} | {Cell(meaning ?? "")} | {usual} |\n";

    private static string Usage(Option option) => option.HelpName is null || option is Option<bool> ? option.Name : $"{option.Name} {option.HelpName}";

    private static string Usual(Option option) => option is { HasDefaultValue: true } and not Option<bool>
        ? FormattableString.Invariant($"`{option.GetDefaultValue()}`")
        : "";

    // In a table, a bar ends the cell even within backticks; with a backslash before it some programs show the backslash.
    private static string Code(string text) =>
        text.Contains('|', StringComparison.Ordinal) ? $"<code>{text.Replace("|", "&#124;", StringComparison.Ordinal)}</code>" : $"`{text}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal);
}
