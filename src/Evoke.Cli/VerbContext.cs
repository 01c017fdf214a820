using System.CommandLine;
using Evoke.Cli.Shell;

namespace Evoke.Cli;

/// <summary>What a verb is given when it runs: its arguments, where to print, and when to stop.</summary>
internal sealed class VerbContext
{
    private readonly ParseResult _arguments;

    public VerbContext(ParseResult arguments, CancellationToken cancellationToken)
    {
        _arguments = arguments;
        Terminal = ((TerminalInvocation)arguments.InvocationConfiguration).Terminal;
        CancellationToken = cancellationToken;
    }

    /// <summary>Standard output and standard error.</summary>
    public Terminal Terminal { get; }

    /// <summary>Cancelled by Ctrl-C and SIGTERM. Nothing half-written may be left then.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The value of an option: given, or its default.</summary>
    public T? Get<T>(Option<T> option) => _arguments.GetValue(option);

    /// <summary>The value of an argument: given, or its default.</summary>
    public T? Get<T>(Argument<T> argument) => _arguments.GetValue(argument);

    /// <summary>The value of an option that is required or has a default.</summary>
    public T GetRequired<T>(Option<T> option) => _arguments.GetRequiredValue(option);

    /// <summary>The value of an argument that is required or has a default.</summary>
    public T GetRequired<T>(Argument<T> argument) => _arguments.GetRequiredValue(argument);

    /// <summary>True if the person wrote the option.</summary>
    public bool IsGiven(Option option) => _arguments.GetResult(option) is { Implicit: false };

    /// <summary>One line for people, on standard error.</summary>
    public void Log(string line) => Terminal.Log(line);
}
