using System.CommandLine;
using System.CommandLine.Parsing;

namespace Evoke.Cli.Verbs;

/// <summary>Rules between the options of a verb. An option without effect is an error; it is never ignored.</summary>
internal static class OptionRules
{
    /// <summary>An option has an effect only together with another one.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="option">The option.</param>
    /// <param name="oneOf">The options of which at least one must be given too.</param>
    public static void Needs(this Command verb, Option option, params Symbol[] oneOf) => verb.Validators.Add(result =>
    {
        if (result.IsGiven(option) && !oneOf.Any(result.IsGiven))
        {
            result.AddError($"{option.Name} has no effect without {Listed(oneOf, "or")}.");
        }
    });

    /// <summary>Two options, or an option and an argument, that exclude each other.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="one">One of them.</param>
    /// <param name="others">Those that it excludes.</param>
    public static void Excludes(this Command verb, Symbol one, params Symbol[] others) => verb.Validators.Add(result =>
    {
        foreach (Symbol other in others.Where(other => result.IsGiven(one) && result.IsGiven(other)))
        {
            result.AddError($"{one.Name} and {other.Name} exclude each other: give one or the other.");
        }
    });

    /// <summary>Options that have no effect if another one is given.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="idle">The options.</param>
    /// <param name="where">With any of these the options have no effect.</param>
    /// <param name="reason">Why: "nothing is encoded".</param>
    public static void Idle(this Command verb, Symbol[] idle, Symbol[] where, string reason) => verb.Validators.Add(result =>
    {
        if (where.FirstOrDefault(result.IsGiven) is { } given)
        {
            foreach (Symbol option in idle.Where(result.IsGiven))
            {
                result.AddError($"{option.Name} has no effect with {given.Name}: {reason}.");
            }
        }
    });

    /// <summary>Something that the verb requires, in one of several forms.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="what">"Name at least one video": what is missing if none is given.</param>
    /// <param name="oneOf">Its forms.</param>
    public static void NeedsOneOf(this Command verb, string what, params Symbol[] oneOf) => verb.Validators.Add(result =>
    {
        if (!oneOf.Any(result.IsGiven))
        {
            result.AddError($"{what}: give {Listed(oneOf, "or")}.");
        }
    });

    /// <summary>True if it was given.</summary>
    public static bool IsGiven(this CommandResult result, Symbol symbol) => symbol is Argument argument
        ? result.GetResult(argument) is { Tokens.Count: > 0 }
        : result.GetResult((Option)symbol) is { Implicit: false };

    private static string Listed(Symbol[] symbols, string last) => symbols.Length == 1
        ? symbols[0].Name
        : $"{string.Join(", ", symbols[..^1].Select(symbol => symbol.Name))} {last} {symbols[^1].Name}";
}
