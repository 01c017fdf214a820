using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Evoke.Cli;

/// <summary>Options that mean the same wherever they appear. A new instance per verb: System.CommandLine gives each option one parent.</summary>
internal static class SharedOptions
{
    /// <summary><c>--json</c> of verbs whose result is a report.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output." };

    /// <summary>Refuses rates that are none.</summary>
    public static void MustBeARate(OptionResult result)
    {
        if (result.Tokens is [var token]
            && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)
            && !(double.IsFinite(rate) && rate > 0))
        {
            result.AddError($"{result.Option.Name} takes steps per second, a number above 0; found {token.Value}.");
        }
    }
}
