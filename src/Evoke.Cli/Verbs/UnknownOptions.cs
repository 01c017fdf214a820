using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evoke.Files.Text;

namespace Evoke.Cli.Verbs;

/// <summary>
/// Finds unknown options and verbs. The parser takes them for values: a misspelt option before a list of videos would be taken for a video.
/// </summary>
internal static class UnknownOptions
{
    private const string EndOfOptions = "--";

    /// <summary>One sentence for each argument before "--" that looks like an option but is unknown to the verb; otherwise one for an unknown verb.</summary>
    /// <param name="parsed">The command line as the parser understands it.</param>
    /// <param name="arguments">The command line.</param>
    public static IReadOnlyList<string> Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        List<string> options = OptionsIn(parsed.CommandResult, arguments);
        return options.Count > 0 || parsed.CommandResult.Command is not { Subcommands: { Count: > 0 } verbs } || parsed.UnmatchedTokens is not [var word, ..]
            ? options
            : [$"there is no command '{word}'; {Advice(word, verbs.Select(verb => verb.Name))}"];
    }

    private static List<string> OptionsIn(CommandResult verb, IReadOnlyList<string> arguments)
    {
        Option[] options = [.. OptionsOf(verb)];
        List<string> mistakes = [];
        Option? before = null;
        foreach (string argument in arguments.TakeWhile(argument => argument != EndOfOptions))
        {
            Option? option = Named(options, argument);
            if (option is null && argument.Length > 1 && argument[0] == '-' && !IsNumberOf(before, argument))
            {
                mistakes.Add(LooksLikeNumber(argument) && TakesValue(before) ? ValueOf(before!, argument) : Explain(verb.Command, options, argument));
            }

            before = option;
        }

        return mistakes;
    }

    // The parser accepts "--rate=2" and "--rate:2".
    private static Option? Named(Option[] options, string argument)
    {
        int end = argument.IndexOfAny(['=', ':']);
        string name = end < 0 ? argument : argument[..end];
        return Array.Find(options, option => option.Name == name || option.Aliases.Contains(name));
    }

    private static bool IsNumberOf(Option? option, string argument) =>
        option is not (null or Option<bool>) && double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // A value such as "-1..1", which the parser takes for an option.
    private static bool LooksLikeNumber(string argument) => char.IsAsciiDigit(argument[1]) || argument[1] == '.';

    private static bool TakesValue(Option? option) => option is not (null or Option<bool>);

    private static string ValueOf(Option option, string argument) =>
        $"'{argument}' looks like an option; write {option.Name}={argument} if it is the value of {option.Name}.";

    private static string Explain(Command verb, Option[] options, string argument)
    {
        string name = argument.Split('=', ':')[0];
        string which = verb is RootCommand ? "evoke has no option" : $"'{verb.Name}' has no option";
        string advice = Spelling.Nearest(name, options.Where(option => !option.Hidden).Select(option => option.Name)) is { } nearest
            ? $"did you mean {nearest}?"
            : $"write './{argument}' or put '--' before it if it is a file, and '--option={argument}' if it is an option's value.";
        return $"{which} {name}; {advice}";
    }

    private static string Advice(string word, IEnumerable<string> verbs) =>
        Spelling.Nearest(word, verbs) is { } nearest ? $"did you mean {nearest}?" : $"the commands are: {string.Join(", ", verbs)}.";

    // The options of the verb, and those that it inherits from its parents: --help, --quiet.
    private static IEnumerable<Option> OptionsOf(CommandResult verb)
    {
        for (SymbolResult? at = verb; at is CommandResult { Command: var command }; at = at.Parent)
        {
            foreach (Option option in command.Options.Where(option => command == verb.Command || option.Recursive))
            {
                yield return option;
            }
        }
    }
}
