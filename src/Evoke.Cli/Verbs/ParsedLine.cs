using System.CommandLine;
using Evoke.Cli.Shell;

namespace Evoke.Cli.Verbs;

/// <summary>A parsed command line.</summary>
/// <param name="Parsed">The verb, and the values of its arguments and options.</param>
/// <param name="Verbosity">How much to print while it runs.</param>
/// <param name="Mistakes">What is wrong with it, one sentence each; empty if it can be run.</param>
internal sealed record ParsedLine(ParseResult Parsed, Verbosity Verbosity, IReadOnlyList<string> Mistakes);
