using System.CommandLine;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Verbs;

/// <summary><c>--quiet</c> and <c>--verbose</c>, which every verb has.</summary>
internal sealed class VerbosityOptions
{
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print results and errors only.", Recursive = true };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Also print what is read, what is chosen and how long it takes.",
        Recursive = true,
    };

    /// <summary>Declares the options for every verb below a command.</summary>
    public void AddTo(Command root)
    {
        root.Add(_quiet);
        root.Add(_verbose);
    }

    /// <summary>What is wrong with them on a command line; null if nothing is.</summary>
    public string? FindMistake(ParseResult parsed) => parsed.GetValue(_quiet) && parsed.GetValue(_verbose)
        ? $"{_quiet.Name} and {_verbose.Name} exclude each other: give one or the other."
        : null;

    /// <summary>What a command line asks for.</summary>
    public Verbosity Of(ParseResult parsed) => parsed.GetValue(_quiet) ? Verbosity.Quiet : parsed.GetValue(_verbose) ? Verbosity.Verbose : Verbosity.Normal;
}
