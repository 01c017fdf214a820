using System.CommandLine;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Verbs;

/// <summary><c>--quiet</c> and <c>--verbose</c>, which every verb has.</summary>
internal sealed class VerbosityOptions
{
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print results and errors only.", Recursive = true };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Also print inputs, chosen settings and timings.",
        Recursive = true,
    };

    /// <summary>Declares the options for every verb below a command.</summary>
    public void AddTo(Command root)
    {
        root.Add(_quiet);
        root.Add(_verbose);
    }

    /// <summary>What is wrong with these options on a command line; null if nothing is.</summary>
    public string? FindMistake(ParseResult parsed) => parsed.GetValue(_quiet) && parsed.GetValue(_verbose)
        ? $"{_quiet.Name} and {_verbose.Name} exclude each other: give one or the other."
        : null;

    /// <summary>The verbosity of a command line.</summary>
    public Verbosity Of(ParseResult parsed) => parsed.GetValue(_quiet) ? Verbosity.Quiet : parsed.GetValue(_verbose) ? Verbosity.Verbose : Verbosity.Normal;
}
