using System.CommandLine;

namespace Evoke.Cli.Shell;

/// <summary>Carries the <see cref="Terminal"/> through System.CommandLine to the verb.</summary>
internal sealed class TerminalInvocation : InvocationConfiguration
{
    public TerminalInvocation(Terminal terminal)
    {
        Terminal = terminal;
        Output = terminal.Out;
        Error = terminal.Error;
        EnableDefaultExceptionHandler = false;
        // Signals are ours: see Interruption.
        ProcessTerminationTimeout = null;
    }

    public Terminal Terminal { get; }
}
